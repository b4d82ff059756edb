import { setTimeout } from "node:timers/promises";
import { createMemoryStore, type SecretStore } from "../src/index.ts";
import type { CreateStore } from "../src/testing.ts";
import { fold, minimalStore } from "./minimal-store.ts";

/** A store with one fault, and the rule that it breaks. */
export interface Broken {
  readonly fault: string;
  readonly rule: string;
  readonly create: CreateStore;
}

type Minimal = ReturnType<typeof minimalStore>;
type Values = Map<string, string>;

function broken(
  rule: string,
  fault: string,
  change: (values: Values, store: Minimal) => Partial<SecretStore>,
): Broken {
  const create: CreateStore = async (secrets) => {
    const values: Values = new Map(Object.entries(secrets));
    const store = minimalStore(values);
    return { ...store, ...change(values, store) };
  };
  return { rule, fault, create };
}

/** With versions and a vault. */
function brokenVault(
  rule: string,
  fault: string,
  change: (store: SecretStore) => Partial<SecretStore>,
): Broken {
  const create: CreateStore = async (secrets) => {
    const store = createMemoryStore();
    for (const [name, value] of Object.entries(secrets)) await store.set?.(name, value, {});
    const { vault } = store;
    const members: Partial<SecretStore> = {
      get: (name) => store.get(name),
      list: () => store.list(),
      set: async (...given) => (await store.set?.(...given)) ?? { value: "" },
      delete: async (name) => (await store.delete?.(name)) ?? false,
      ...(vault && { vault }),
    };
    return { kind: "broken", ...members, ...change(store) } as SecretStore;
  };
  return { rule, fault, create };
}

const names = "list gives each name once";
const replaced = "set replaces, and leaves other names alone";
const kept = "set gives what get gives from then on";
const text = "any text comes back as it was";
const removed = "delete removes the name, and says whether it was there";

const rewriting = (change: (value: string) => string) => (_: Values, store: Minimal) => ({
  set: async (name: string, value: string) => {
    await store.set(name, change(value), {});
    return { value };
  },
});

export const brokenStores: readonly Broken[] = [
  broken(
    "a store that is printed shows no value",
    "has its values in a member",
    (values) =>
      ({
        values,
      }) as Partial<SecretStore>,
  ),
  broken(
    "a name that looks alike is written over no other",
    "folds every sign of a name",
    (_, store) => ({
      get: (name) => store.get(name.replaceAll("/", "_")),
      set: (name, value, options) => store.set(name.replaceAll("/", "_"), value, options),
    }),
  ),
  broken(
    "a read that is under way brings back nothing that was deleted",
    "keeps what a slow read found",
    (_, store) => {
      const cached = new Map<string, { value: string }>();
      return {
        get: async (name) => {
          const known = cached.get(fold(name));
          if (known) return known;
          const found = await store.get(name);
          await setTimeout(5);
          if (found) cached.set(fold(name), found);
          return found;
        },
        set: async (name, value, options) => {
          cached.delete(fold(name));
          return store.set(name, value, options);
        },
        delete: async (name) => {
          cached.delete(fold(name));
          return store.delete(name);
        },
      };
    },
  ),
  broken("get gives the value of a name", "gives the first value to all", (values) => ({
    get: () => ({ value: [...values.values()][0] ?? "" }),
  })),
  broken("get gives undefined for a name that is not there", "throws", (_, store) => ({
    get: (name) => {
      const found = store.get(name);
      if (found === undefined) throw new Error("There is no such name.");
      return found;
    },
  })),
  broken(
    "get gives undefined for a name that is not there",
    "looks in a plain object",
    (values) => ({
      get: (name) => {
        const value = Object.fromEntries(values)[fold(name)];
        return value === undefined ? undefined : { value };
      },
    }),
  ),
  broken("names that differ by - . _ or case are one name", "takes a name as it is", (values) => ({
    get: (name) => {
      const value = values.get(name);
      return value === undefined ? undefined : { value };
    },
  })),
  broken(names, "lists a name twice", (values) => ({
    list: async () => [...values.keys(), ...values.keys()],
  })),
  broken(names, "leaves one out", (values) => ({ list: async () => [...values.keys()].slice(1) })),
  broken("an empty store lists nothing", "lists what holds nothing", (values) => ({
    list: async () => (values.size === 0 ? ["default"] : [...values.keys()]),
  })),
  broken("a store that answers passes its check", "tells a fault that is none", () => ({
    check: async () => {
      throw new Error("It cannot be asked.");
    },
  })),
  broken("refresh loses nothing", "empties itself", (values) => ({
    refresh: async () => values.clear(),
  })),
  broken("a second close does no harm", "throws on a second close", () => {
    let closed = 0;
    return {
      close: async () => {
        closed += 1;
        if (closed === 2) throw new Error("It is closed.");
      },
    };
  }),
  broken(kept, "writes later", (_, store) => ({
    set: async (name, value) => {
      setImmediate(() => store.set(name, value, {}));
      return { value };
    },
  })),
  broken(kept, "gives another value than it keeps", (_, store) => ({
    set: async (name, value) => {
      await store.set(name, value, {});
      return { value: "[kept]" };
    },
  })),
  broken(replaced, "keeps the first value", (values, store) => ({
    set: async (name, value) => (values.has(fold(name)) ? { value } : store.set(name, value, {})),
  })),
  broken(replaced, "keeps one value alone", (values, store) => ({
    set: async (name, value) => {
      values.clear();
      return store.set(name, value, {});
    },
  })),
  broken("another spelling makes no second name", "sets a name as it is spelt", (values) => ({
    set: async (name, value) => {
      values.set(name, value);
      return { value };
    },
  })),
  broken(
    text,
    "keeps one byte of a character",
    rewriting((value) => Buffer.from(value, "latin1").toString()),
  ),
  broken(
    text,
    "decodes what it is given",
    rewriting((value) => value.replaceAll("%41", "A")),
  ),
  broken(
    text,
    "keeps the first line",
    rewriting((value) => value.split("\n")[0] ?? ""),
  ),
  broken("writes at the same time are all kept", "writes back what it read before", (values) => ({
    set: async (name, value) => {
      const read = [...values];
      await setTimeout(5);
      values.clear();
      for (const [key, each] of read) values.set(key, each);
      values.set(fold(name), value);
      return { value };
    },
  })),
  broken(removed, "says yes to every name", (_, store) => ({
    delete: async (name) => {
      await store.delete(name);
      return true;
    },
  })),
  broken(removed, "leaves the name with nothing in it", (values) => ({
    delete: async (name) => values.get(fold(name)) !== "" && Boolean(values.set(fold(name), "")),
  })),
  broken(
    "deleteAll removes these names alone, and says how many were there",
    "removes all",
    (values) => ({
      deleteAll: async () => {
        values.clear();
        return 1;
      },
    }),
  ),
  brokenVault("versions count up from 1", "counts nothing", (store) => ({
    set: async (...given) => ({ ...(await store.set?.(...given)), value: given[1], version: 1 }),
  })),
  brokenVault(
    "a change that throws changes nothing",
    "writes what was changed so far",
    ({ vault }) => ({
      vault: {
        update: async (change: (body: never) => unknown) => {
          let thrown: unknown;
          await vault?.update((body) => {
            try {
              change(body as never);
            } catch (error) {
              thrown = error;
            }
            return { result: undefined, events: [{ action: "delete", name: "first_api_key" }] };
          });
          throw thrown;
        },
      } as never,
    }),
  ),
];
