import { expect, test } from "vitest";
import { addNoted, revokeNoted } from "../../src/index.ts";

/** What was done and written down, in order. */
function scene({ isThere = true, isFull = false } = {}) {
  const happened: string[] = [];
  const note = async (outcome: string) => {
    if (isFull) throw new Error("The disk is full.");
    happened.push(`noted ${outcome}`);
  };
  const key = {
    has: async () => isThere,
    revoke: async () => {
      happened.push("revoked");
      return isThere;
    },
  };
  return { happened, note, key };
}

test("a key is taken away after it was written down", async () => {
  const { happened, note, key } = scene();
  expect(await revokeNoted(key, note)).toBe(true);
  expect(happened).toEqual(["noted ok", "revoked"]);
});

test("a key stays where its end cannot be written down", async () => {
  const { happened, note, key } = scene({ isFull: true });
  await expect(revokeNoted(key, note)).rejects.toThrow("full");
  expect(happened).toEqual([]);
});

test("that there is no such key is written down, and nothing is taken away", async () => {
  const { happened, note, key } = scene({ isThere: false });
  expect(await revokeNoted(key, note)).toBe(false);
  expect(happened).toEqual(["noted KEY_NOT_FOUND"]);
});

test("a failure without a code is written down as one, and thrown", async () => {
  const { happened, note, key } = scene();
  const revoke = () => Promise.reject(new Error("no code"));
  await expect(revokeNoted({ ...key, revoke }, note)).rejects.toThrow("no code");
  expect(happened).toEqual(["noted ok", "noted UNEXPECTED"]);
});

test("a new key is taken back where it cannot be written down", async () => {
  const { happened, note } = scene({ isFull: true });
  const takeBack = async () => happened.push("taken back");
  await expect(addNoted(async () => "key", takeBack, note)).rejects.toThrow("full");
  expect(happened).toEqual(["taken back"]);
});
