import { SecretsError } from "../errors.ts";
import type { GetOptions } from "../lookup.ts";
import { canonicalName, isName } from "../names.ts";
import type { PolicyRule } from "../store-body.ts";
import type { Vault } from "../vault.ts";
import { isAllowed, type Verb } from "./policy.ts";

/**
 * Allows a role what the store's policy grants it at the moment, and records refusals in the audit.
 */
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

  /** Returns, in order, those of the names for which the verb is granted. */
  async those(verb: Verb, names: readonly string[]): Promise<readonly string[]> {
    const rules = await this.#rules();
    return names.filter((name) => isAllowed(rules, verb, name));
  }

  /**
   * Returns the options of a `get`, limited to the variables whose names the role may read, so that
   * an option gives access to no other.
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

  /** Refuses a role that is not granted the verb for any name. */
  async checkAny(verb: Verb): Promise<void> {
    const rules = await this.#rules();
    if (rules.some((rule) => rule.effect === "allow" && rule.verbs.includes(verb))) return;
    return this.refuse(verb);
  }

  /** Records the refusal in the audit, then throws it. */
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

  /**
   * Returns the error for a role that asks for another role. The call is synchronous, so the audit
   * records the refusal afterwards.
   */
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
