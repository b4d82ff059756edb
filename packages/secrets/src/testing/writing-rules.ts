import { deepEqual, equal } from "node:assert/strict";
import { type Rule, second, two } from "./rule.ts";

const needs = ["set", "delete"] as const;

/** Rules for stores that have `set` and `delete`. */
export const writingRules: readonly Rule[] = [
  {
    name: "set gives what get gives from then on",
    purpose: "A set that has resolved is kept: the next call may need it at once.",
    needs,
    check: async (store) => {
      const kept = await store.set?.("new_api_key", "new-value-0003", {});
      equal(kept?.value, "new-value-0003");
      deepEqual(await store.get("new_api_key"), kept);
    },
  },
  {
    name: "set replaces, and leaves other names alone",
    purpose: "A key that was revoked must not come back, nor a good one go.",
    needs,
    holds: two,
    check: async (store) => {
      await store.set?.("first_api_key", "other-value-0004", {});
      equal((await store.get("first_api_key"))?.value, "other-value-0004");
      equal((await store.get("second_api_key"))?.value, second);
    },
  },
  {
    name: "another spelling makes no second name",
    purpose: "Of two values of one name nobody knows which one is used.",
    needs,
    holds: two,
    check: async (store) => {
      await store.set?.("First-Api-Key", "other-value-0005", {}).catch(() => undefined);
      equal((await store.list()).length, Object.keys(two).length);
    },
  },
  {
    name: "a name that looks alike is written over no other",
    purpose: "Names with one variable are refused or kept apart: of two keys none may be lost.",
    needs,
    check: async (store) => {
      await store.set?.("look-alike_key", "first-value-0006", {});
      await store.set?.("look/alike_key", "other-value-0006", {}).catch(() => undefined);
      equal((await store.get("look-alike_key"))?.value, "first-value-0006");
    },
  },
  {
    name: "a read that is under way brings back nothing that was deleted",
    purpose: "What a slow read keeps in memory would give out a key that is revoked.",
    needs,
    holds: two,
    check: async (store) => {
      const reading = store.get("first_api_key");
      await store.delete?.("first_api_key");
      await Promise.resolve(reading).catch(() => undefined);
      equal(await store.get("first_api_key"), undefined);
    },
  },
  {
    name: "any text comes back as it was",
    purpose: "A key that was changed on its way is refused, and nobody sees why.",
    needs,
    check: async (store) => {
      const values = [
        "ключ 🔑 \"quoted\" \\ 'single' `back` %41 =+/\ttab\nline",
        "  # spaces and \r\n line ends \r\n",
        "it ends with a backslash \\",
      ];
      for (const value of values) {
        await store.set?.("odd_api_key", value, { multiline: true });
        equal((await store.get("odd_api_key"))?.value, value);
      }
    },
  },
  {
    name: "writes at the same time are all kept",
    purpose: "A write that read before the other wrote must not undo it.",
    needs,
    check: async (store) => {
      const names = Array.from({ length: 8 }, (_, index) => `parallel_${index}_key`);
      for (const name of names.slice(0, 1)) await store.set?.(name, "parallel-value", {});
      await Promise.all(names.map((name) => store.set?.(name, `${name}-value`, {})));
      deepEqual([...(await store.list())].sort(), names);
    },
  },
  {
    name: "delete removes the name, and says whether it was there",
    purpose: "Who deletes a key must know that it is gone, and not by a wrong name.",
    needs,
    holds: two,
    check: async (store) => {
      equal(await store.delete?.("first-api-key"), true);
      equal(await store.delete?.("first_api_key"), false);
      equal(await store.get("first_api_key"), undefined);
      deepEqual(await store.list(), ["second_api_key"]);
    },
  },
  {
    name: "deleteAll removes these names alone, and says how many were there",
    purpose: "Who clears one provider's keys must not lose another's.",
    needs: ["deleteAll"],
    holds: two,
    check: async (store) => {
      equal(await store.deleteAll?.(["first_api_key", "absent_api_key"]), 1);
      deepEqual(await store.list(), ["second_api_key"]);
    },
  },
];
