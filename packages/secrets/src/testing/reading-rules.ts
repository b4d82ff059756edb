import { deepEqual, equal, ok } from "node:assert/strict";
import { inspect } from "node:util";
import { first, type Rule, second, two } from "./rule.ts";

/** Rules for every store: the secrets that it was created with can be read. */
export const readingRules: readonly Rule[] = [
  {
    name: "get gives the value of a name",
    purpose: "A key that goes to the wrong vendor is shown to a stranger.",
    holds: two,
    check: async (store) => {
      equal((await store.get("first_api_key"))?.value, first);
      equal((await store.get("second_api_key"))?.value, second);
    },
  },
  {
    name: "get gives undefined for a name that is not there",
    purpose: "Only then is the key looked for elsewhere; an error would end the call.",
    holds: two,
    check: async (store) => {
      equal(await store.get("absent_api_key"), undefined);
      equal(await store.get("constructor"), undefined);
    },
  },
  {
    name: "names that differ by - . _ or case are one name",
    purpose: "A key that was set as groq-api-key is found by GROQ_API_KEY.",
    holds: two,
    check: async (store) => equal((await store.get("first-api.KEY"))?.value, first),
  },
  {
    name: "list gives each name once",
    purpose: "A user sees what is kept, and can delete each of it.",
    holds: two,
    check: async (store) => deepEqual([...(await store.list())].sort(), Object.keys(two)),
  },
  {
    name: "an empty store lists nothing",
    purpose: "A name that holds no secret cannot be deleted, nor read.",
    check: async (store) => deepEqual(await store.list(), []),
  },
  {
    name: "a store that is printed shows no value",
    purpose: "A log of an object that holds the store would hold the keys.",
    holds: two,
    check: async (store) => {
      await store.get("first_api_key");
      const shown = inspect(store, { showHidden: true, depth: 12, maxStringLength: null });
      ok(!shown.includes(first) && !shown.includes(second));
    },
  },
  {
    name: "refresh loses nothing",
    purpose: "It looks for what others changed: what nobody changed is still there.",
    needs: ["refresh"],
    holds: two,
    check: async (store) => {
      await store.refresh?.();
      equal((await store.get("first_api_key"))?.value, first);
    },
  },
  {
    name: "a store that answers passes its check",
    purpose: "Whoever looks after a machine is told of faults that are there, and of no others.",
    needs: ["check"],
    holds: two,
    check: async (store) => {
      await store.check?.();
      equal((await store.get("first_api_key"))?.value, first);
    },
  },
  {
    name: "a second close does no harm",
    purpose: "A client and the code around it may both close the store that they share.",
    needs: ["close"],
    holds: two,
    check: async (store) => {
      await store.close?.();
      await store.close?.();
    },
  },
];
