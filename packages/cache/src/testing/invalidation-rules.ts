import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import type { Invalidation } from "../store/store.ts";
import type { Rule } from "./rule.ts";
import { KEYS, sample } from "./sample.ts";

const note = (target: string): Invalidation => ({ author: "one", target });

export const invalidationRules: readonly Rule[] = [
  {
    name: "a change that is noted is made, and gives what it gave",
    purpose: "Who deletes must know whether there was something, and a failure must not be hidden.",
    async check({ invalidations }) {
      if (!invalidations) return;
      assert.equal(await invalidations.around(note("a"), () => 5), 5);
      assert.equal(await invalidations.around(note("a"), async () => 6), 6);
      const fail = async () => {
        throw new Error("not made");
      };
      await assert.rejects(async () => invalidations.around(note("a"), fail), /not made/);
    },
  },
  {
    name: "the news are what was noted since a position, in its order, and nothing before it",
    purpose: "Memory that misses a note serves for long what was deleted.",
    async check({ invalidations }) {
      if (!invalidations) return;
      const before = await invalidations.since();
      await invalidations.around(note("a"), () => undefined);
      const between = await invalidations.since(before.position);
      assert.deepEqual(targets(between.notes), ["a"]);
      for (const target of ["scope:n/t", "b"]) {
        await invalidations.around({ author: "two", target }, () => undefined);
      }
      const after = await invalidations.since(between.position);
      assert.deepEqual(targets(after.notes), ["scope:n/t", "b"]);
      assert.ok(after.notes?.every(({ author }) => author === "two"));
      assert.deepEqual((await invalidations.since(after.position)).notes, []);
      assert.deepEqual((await invalidations.since()).notes, []);
    },
  },
  {
    name: "who looks while a change is made learns of it once more when it is made",
    purpose: "Between note and change the old answer can still be read, and would be kept.",
    async check({ invalidations }) {
      if (!invalidations) return;
      let position: string | undefined;
      await invalidations.around(note("a"), async () => {
        await sleep(1);
        position = (await invalidations.since()).position;
        await sleep(1);
      });
      assert.deepEqual(targets((await invalidations.since(position)).notes), ["a"]);
    },
  },
  {
    name: "a computation that looks before and after it stores misses no change",
    purpose: "What was computed before a delete would be stored after it, and stay.",
    async check({ invalidations }) {
      if (!invalidations) return;
      const { position } = await invalidations.since();
      let seen: readonly Invalidation[] | undefined;
      await invalidations.around(note("a"), async () => {
        await sleep(1);
        seen = (await invalidations.since(position)).notes;
      });
      assert.deepEqual(targets(seen), ["a"]);
    },
  },
  {
    name: "what was noted stays news when the record that it came with has gone",
    purpose: "A store may keep a note with its record; evicted or deleted, it is still to be told.",
    async check(store) {
      const { invalidations } = store;
      if (!invalidations) return;
      const { position } = await invalidations.since();
      await invalidations.around(note("a"), () => store.set(KEYS[0], sample(1)));
      await store.delete(KEYS[0]);
      await invalidations.around(note("b"), () => store.set(KEYS[1], sample(2)));
      const between = await invalidations.since(position);
      assert.deepEqual(targets(between.notes), ["a", "b"]);
      await store.delete(KEYS[1]);
      await invalidations.around(note("c"), () => store.set(KEYS[1], sample(3)));
      assert.deepEqual(targets((await invalidations.since(between.position)).notes), ["c"]);
    },
  },
];

/** Each note once, because a change may be noted twice. */
function targets(notes: readonly Invalidation[] | undefined): readonly string[] | undefined {
  return notes && [...new Set(notes.map(({ target }) => target))];
}
