import { SecretsError } from "../errors.ts";
import type { GetOptions } from "../lookup.ts";
import { canonicalName, isName } from "../names.ts";
import type { PolicyRule } from "../store-body.ts";
import type { Vault } from "../vault.ts";
import { isAllowed, type Verb } from "./policy.ts";

/** Lets a role do what the policy of the store grants it now, and writes refusals down. */
export class Guard {
  readonly role: string;
  readonly #vault: Vault;

  constructor(vault: Vault, role: string) {
    this.role = role;
    this.#vault = vault;
  }

  get actor(): string {
    return `role:${this.role}`;
  }

  async allows(verb: Verb, name: string): Promise<boolean> {
    return isAllowed(await this.#rules(), verb, name);
  }

  /** Those of the names for which the verb is granted, in their order. */
  async those(verb: Verb, names: readonly string[]): Promise<readonly string[]> {
    const rules = await this.#rules();
    return names.filter((name) => isAllowed(rules, verb, name));
  }

  /**
   * The options of a `get` that the role may make. Variables are those of names that it may read: no
   * other is within its reach by an option.
   *
   * @throws SecretsError `FORBIDDEN`
   */
  async readOptions(name: string, options: GetOptions): Promise<GetOptions> {
    await this.check("read", canonicalName(name));
    if (!options.env) return options;
    const named = options.env.filter((variable) => isName(variable.toLowerCase()));
    const readable = new Set(
      await this.those(
        "read",
        named.map((variable) => variable.toLowerCase()),
      ),
    );
    return { ...options, env: named.filter((variable) => readable.has(variable.toLowerCase())) };
  }

  /** @throws SecretsError `FORBIDDEN` */
  async check(verb: Verb, name: string): Promise<void> {
    if (await this.allows(verb, name)) return;
    return this.refuse(verb, name === "*" ? undefined : name);
  }

  /** Refuses a role that is granted the verb for no name at all. */
  async checkAny(verb: Verb): Promise<void> {
    const rules = await this.#rules();
    if (rules.some((rule) => rule.effect === "allow" && rule.verbs.includes(verb))) return;
    return this.refuse(verb);
  }

  /** Writes the refusal down, then throws it. */
  async refuse(
    verb: string,
    name?: string,
    code: "FORBIDDEN" | "SELF_GRANT" = "FORBIDDEN",
  ): Promise<never> {
    const named = name === undefined ? {} : { name };
    const event = { action: verb, actor: this.actor, outcome: code, ...named };
    await this.#vault.record([event]);
    throw new SecretsError(
      code,
      code === "SELF_GRANT"
        ? `The role ${this.role} may not change its own policy. Another admin can.`
        : `The role ${this.role} may not ${verb}${name ? ` ${name}` : ""}. ` +
            "An admin can grant it with roles.set.",
    );
  }

  /** The refusal of another role; as the call is synchronous, it is written down afterwards. */
  refuseRole(name: string): SecretsError {
    const event = { action: "as", actor: this.actor, name, outcome: "FORBIDDEN" };
    this.#vault.record([event]).catch(() => undefined);
    return new SecretsError("FORBIDDEN", `The role ${this.role} takes no other role.`);
  }

  async #rules(): Promise<readonly PolicyRule[]> {
    const { roles } = (await this.#vault.view()).body;
    return (Object.hasOwn(roles, this.role) ? roles[this.role] : undefined) ?? [];
  }
}
