import {
  type Environment,
  type EnvironmentMapping,
  readVariable,
  variablesFor,
} from "../environment.ts";
import { fold } from "../names.ts";
import type { SecretStore } from "./secret-store.ts";

/** Creates a read-only store of the credentials in environment variables. */
export function createEnvironmentStore(
  options: { readonly env?: Environment; readonly mapping?: EnvironmentMapping } = {},
): SecretStore {
  const { env = process.env, mapping = {} } = options;
  const find = (name: string): { value: string } | undefined =>
    readVariable(variablesFor(name, [], mapping), env);
  return {
    kind: "environment",
    get: (name) => {
      const found = find(name);
      return found && { value: found.value };
    },
    list: async () => {
      const usual = Object.keys(env).filter((variable) => variable === variable.toUpperCase());
      const names = [...Object.keys(mapping), ...usual.map((variable) => variable.toLowerCase())];
      const held = names.filter((name) => find(name) !== undefined);
      return held.filter((name, index) => {
        return held.findIndex((other) => fold(other) === fold(name)) === index;
      });
    },
  };
}
