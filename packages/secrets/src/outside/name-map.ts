import { SecretsError } from "../errors.ts";
import { canonicalName, fold } from "../names.ts";

/** What a store outside calls the names of ours. */
export class NameMap<T> {
  readonly #targets = new Map<string, T>();
  /** As they were given. */
  readonly names: readonly string[];

  /** @throws SecretsError `NAME_CONFLICT` where two are one name, and for what is no name */
  constructor(names: Readonly<Record<string, T>>) {
    this.names = Object.keys(names);
    for (const [name, target] of Object.entries(names)) {
      const key = canonicalName(name);
      if (this.#targets.has(key)) {
        throw new SecretsError("NAME_CONFLICT", `\`names\` has ${name} twice: it is one name.`);
      }
      this.#targets.set(key, target);
    }
  }

  find(name: string): T | undefined {
    return this.#targets.get(fold(name));
  }
}
