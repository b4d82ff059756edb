import { deepEqual, equal, rejects } from "node:assert/strict";
import { type Rule, two } from "./rule.ts";

const needs = ["vault"] as const;

/** Rules for stores that have a `vault`: versions, roles, and changes that are all or nothing. */
export const vaultRules: readonly Rule[] = [
  {
    name: "versions count up from 1",
    purpose: "A rotation is told by its version, and taken back by it.",
    needs,
    check: async (store) => {
      equal((await store.set?.("counted_key", "counted-value-1", {}))?.version, 1);
      equal((await store.set?.("counted_key", "counted-value-2", {}))?.version, 2);
    },
  },
  {
    name: "a change that throws changes nothing",
    purpose: "A change that was given up half way must not leave half of it.",
    needs,
    holds: two,
    check: async (store) => {
      const change = store.vault?.update((body) => {
        body.entries = {};
        throw new Error("on purpose");
      });
      await rejects(change ?? Promise.resolve(), /on purpose/);
      deepEqual([...(await store.list())].sort(), Object.keys(two));
    },
  },
];
