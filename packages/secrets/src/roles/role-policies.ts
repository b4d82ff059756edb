import { canonicalName } from "../names.ts";
import type { PolicyRule } from "../store-body.ts";
import type { Vault } from "../vault.ts";
import type { Guard } from "./guard.ts";
import { checkedRules, type RoleRule } from "./policy.ts";

/** The store's policy: what each role may do. */
export class RolePolicies {
  readonly #vault: Vault;
  readonly #guard: Guard | undefined;

  constructor(vault: Vault, guard: Guard | undefined) {
    this.#vault = vault;
    this.#guard = guard;
  }

  /** Returns the rules of every role. */
  async list(): Promise<Readonly<Record<string, readonly RoleRule[]>>> {
    await this.#guard?.check("admin", "*");
    return structuredClone((await this.#vault.view()).body.roles) as Record<string, RoleRule[]>;
  }

  /**
   * Replaces the rules of a role.
   *
   * @throws SecretsError `INVALID_POLICY`, `FORBIDDEN`, `SELF_GRANT`
   */
  async set(role: string, rules: readonly RoleRule[]): Promise<void> {
    await this.#edit(role, checkedRules(rules));
  }

  /** Removes all rules of a role. */
  async remove(role: string): Promise<void> {
    await this.#edit(role, undefined);
  }

  async #edit(role: string, rules: readonly PolicyRule[] | undefined): Promise<void> {
    const name = canonicalName(role);
    await this.#guard?.check("admin", "*");
    if (this.#guard?.role === name) await this.#guard.refuse("role", name, "SELF_GRANT");
    await this.#vault.update((body) => {
      const { [name]: _old, ...others } = body.roles;
      body.roles = rules ? { ...others, [name]: rules } : others;
      const actor = this.#guard ? { actor: this.#guard.actor } : {};
      const action = rules ? "role.set" : "role.remove";
      return { result: undefined, events: [{ ...actor, action, name }] };
    });
  }
}
