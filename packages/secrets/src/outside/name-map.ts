import { SecretsError } from "../errors.ts";
import { canonicalName, fold } from "../names.ts";

/** Maps names of secrets to their places in an outside store. */
export class NameMap<T> {
  readonly #targets = new Map<string, T>();
  /** The names as they were given. */
  readonly names: readonly string[];

  /**
   * @throws SecretsError `NAME_CONFLICT` if two names are the same one, and the errors of an
   * invalid name
   */
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
