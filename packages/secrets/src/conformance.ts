import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import type { SecretStore } from "./stores/secret-store.ts";

/** The `test` of any runner. */
export type TestFunction = (name: string, run: () => Promise<void>) => unknown;

/** Makes a store that holds these secrets and no others, by name. */
export type CreateStore = (secrets: Readonly<Record<string, string>>) => Promise<SecretStore>;

/** What the suite is told of the store under test. */
export interface ConformanceOptions {
  /** Rules that this store breaks, each with its reason. */
  readonly skip?: Readonly<Record<string, string>>;
}

type Rule = (create: CreateStore) => Promise<void>;

const seed: Readonly<Record<string, string>> = {
  first_api_key: "first-value-0001",
  second_api_key: "second-value-0002",
};

/** Every store: what it was made with is there. */
const reading: Readonly<Record<string, Rule>> = {
  "get gives the value of a name": async (create) => {
    await using(create, seed, async (store) => {
      equal((await store.get("first_api_key"))?.value, seed.first_api_key);
      equal((await store.get("second_api_key"))?.value, seed.second_api_key);
    });
  },
  "get gives undefined for a name that is not there": async (create) => {
    await using(create, seed, async (store) => {
      equal(await store.get("absent_api_key"), undefined);
      equal(await store.get("constructor"), undefined);
    });
  },
  "names that differ by - . _ or case are one name": async (create) => {
    await using(create, seed, async (store) => {
      equal((await store.get("first-api.KEY"))?.value, seed.first_api_key);
    });
  },
  "list gives each name once": async (create) => {
    await using(create, seed, async (store) => {
      deepEqual([...(await store.list())].sort(), Object.keys(seed));
    });
  },
  "an empty store lists nothing": async (create) => {
    await using(create, {}, async (store) => deepEqual(await store.list(), []));
  },
  "refresh and a second close do no harm": async (create) => {
    await using(create, seed, async (store) => {
      await store.refresh?.();
      equal((await store.get("first_api_key"))?.value, seed.first_api_key);
      await store.close?.();
    });
  },
};

/** Stores that have `set` and `delete`. */
const writing: Readonly<Record<string, Rule>> = {
  "set gives what get gives from then on": async (create) => {
    await using(create, {}, async (store) => {
      const kept = await store.set?.("new_api_key", "new-value-0003", {});
      equal(kept?.value, "new-value-0003");
      deepEqual(await store.get("new_api_key"), kept);
    });
  },
  "set replaces, and leaves other names alone": async (create) => {
    await using(create, seed, async (store) => {
      await store.set?.("first_api_key", "other-value-0004", {});
      equal((await store.get("first_api_key"))?.value, "other-value-0004");
      equal((await store.get("second_api_key"))?.value, seed.second_api_key);
    });
  },
  "another spelling makes no second name": async (create) => {
    await using(create, seed, async (store) => {
      await store.set?.("First-Api-Key", "other-value-0005", {}).catch(() => undefined);
      equal((await store.list()).length, Object.keys(seed).length);
    });
  },
  "any text comes back as it was": async (create) => {
    await using(create, {}, async (store) => {
      const value = "ключ 🔑 \"quoted\" \\ 'single' %41 =+/\ttab\nline";
      await store.set?.("odd_api_key", value, { multiline: true });
      equal((await store.get("odd_api_key"))?.value, value);
    });
  },
  "writes at the same time are all kept": async (create) => {
    await using(create, {}, async (store) => {
      const names = Array.from({ length: 8 }, (_, index) => `parallel_${index}_key`);
      for (const name of names.slice(0, 1)) await store.set?.(name, "parallel-value", {});
      await Promise.all(names.map((name) => store.set?.(name, `${name}-value`, {})));
      deepEqual([...(await store.list())].sort(), names);
    });
  },
  "delete removes the name, and says whether it was there": async (create) => {
    await using(create, seed, async (store) => {
      equal(await store.delete?.("first-api-key"), true);
      equal(await store.delete?.("first_api_key"), false);
      equal(await store.get("first_api_key"), undefined);
      deepEqual(await store.list(), ["second_api_key"]);
    });
  },
};

/** Stores that have a `vault`: versions, roles, and changes that are whole or not at all. */
const versioned: Readonly<Record<string, Rule>> = {
  "versions count up from 1": async (create) => {
    await using(create, {}, async (store) => {
      equal((await store.set?.("counted_key", "counted-value-1", {}))?.version, 1);
      equal((await store.set?.("counted_key", "counted-value-2", {}))?.version, 2);
    });
  },
  "a change that throws changes nothing": async (create) => {
    await using(create, seed, async (store) => {
      const change = store.vault?.update((body) => {
        body.entries = {};
        throw new Error("on purpose");
      });
      await rejects(change ?? Promise.resolve(), /on purpose/);
      deepEqual([...(await store.list())].sort(), Object.keys(seed));
    });
  },
};

/**
 * Runs the rules that every `SecretStore` keeps, and those for what this one supports. Works with
 * any runner that has `test(name, fn)`; a skipped rule shows its reason in its name.
 */
export async function testSecretStore(
  test: TestFunction,
  create: CreateStore,
  options: ConformanceOptions = {},
): Promise<void> {
  const probe = await create({});
  const rules = {
    ...reading,
    ...(probe.set && probe.delete ? writing : {}),
    ...(probe.vault ? versioned : {}),
  };
  await probe.close?.();
  for (const name of Object.keys(options.skip ?? {})) ok(name in rules, `no such rule: ${name}`);
  for (const [name, rule] of Object.entries(rules)) {
    const reason = options.skip?.[name];
    if (reason === undefined) test(name, () => rule(create));
    else test(`${name} (skipped: ${reason})`, async () => undefined);
  }
}

async function using(
  create: CreateStore,
  secrets: Readonly<Record<string, string>>,
  check: (store: SecretStore) => Promise<void>,
): Promise<void> {
  const store = await create(secrets);
  try {
    await check(store);
  } finally {
    await store.close?.();
  }
}
