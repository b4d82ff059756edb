import assert from "node:assert/strict";
import type { Rule } from "./rule.ts";
import { KEYS } from "./sample.ts";

export const leaseRules: readonly Rule[] = [
  {
    name: "a lease is held by one, until it is released",
    purpose: "Two that hold it pay twice for one answer.",
    async check({ leases }) {
      if (!leases) return;
      assert.equal(await leases.acquire(KEYS[0], "one"), "acquired");
      assert.equal(await leases.acquire(KEYS[0], "two"), "held");
      assert.equal(await leases.acquire(KEYS[1], "two"), "acquired");
      await leases.renew(KEYS[0], "one");
      assert.equal(await leases.acquire(KEYS[0], "two"), "held");
      await leases.release(KEYS[0], "one", "stored");
      assert.equal(await leases.acquire(KEYS[0], "two"), "acquired");
    },
  },
  {
    name: "a lease is not released by another's token",
    purpose: "A process that was slow must not end the lease of the one that took its place.",
    async check({ leases }) {
      if (!leases) return;
      await leases.acquire(KEYS[0], "one");
      await leases.release(KEYS[0], "two", "stored");
      assert.equal(await leases.acquire(KEYS[0], "three"), "held");
    },
  },
  {
    name: "a lease released as declined tells others not to wait",
    purpose: "They would wait in vain for an answer that was not stored.",
    async check({ leases }) {
      if (!leases) return;
      await leases.acquire(KEYS[0], "one");
      await leases.release(KEYS[0], "one", "declined");
      assert.equal(await leases.acquire(KEYS[0], "two"), "declined");
    },
  },
  {
    name: "of many that ask at once, one has the lease",
    purpose: "Each that has it pays for the answer.",
    async check({ leases }) {
      if (!leases) return;
      const tokens = Array.from({ length: 20 }, (_, index) => `t${index}`);
      const states = await Promise.all(tokens.map((token) => leases.acquire(KEYS[2], token)));
      assert.equal(states.filter((state) => state === "acquired").length, 1);
    },
  },
];
