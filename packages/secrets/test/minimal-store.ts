import type { SecretStore } from "../src/index.ts";

/** What stores of one's own are made of: a map, and one spelling of a name. */
export const fold = (name: string): string => name.toLowerCase().replaceAll(/[-.]/g, "_");

/** A store that keeps every rule and has nothing besides. */
export function minimalStore(
  values: Map<string, string>,
): SecretStore &
  Required<Pick<SecretStore, "set" | "delete" | "deleteAll" | "refresh" | "check" | "close">> {
  const remove = async (name: string) => values.delete(fold(name));
  return {
    kind: "minimal",
    get: (name) => {
      const value = values.get(fold(name));
      return value === undefined ? undefined : { value };
    },
    list: async () => [...values.keys()],
    set: async (name, value) => {
      values.set(fold(name), value);
      return { value };
    },
    delete: remove,
    deleteAll: async (names) => (await Promise.all(names.map(remove))).filter(Boolean).length,
    refresh: async () => undefined,
    check: async () => undefined,
    close: async () => undefined,
  };
}
