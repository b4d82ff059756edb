import { expect, test } from "vitest";
import type { CacheStore } from "../src/store/store.ts";
import { listOf } from "./support/list-of.ts";
import { openTestCache, temporaryFolder } from "./support/temporary.ts";

test.each([[null], [false], [""], [0], [[]], [{ a: [1, "é", null] }]])(
  "%j is stored and is not a miss",
  async (value) => {
    const directory = temporaryFolder();
    const writer = openTestCache({ directory });
    const cid = writer.key({ question: 1 });
    expect(await writer.get(cid)).toBeUndefined();
    expect(await writer.set(cid, value)).toBe(true);
    expect(writer.get(cid)).toMatchObject({ outcome: "hit", value, tier: "memory" });
    const reader = openTestCache({ directory });
    const entry = await reader.get(cid);
    expect(entry?.value).toStrictEqual(value);
    expect(entry?.tier).not.toBe("memory");
  },
);

test("a peek finds what is there at once, counts it as a hit, and nothing as a miss", async () => {
  const directory = temporaryFolder();
  const writer = openTestCache({ directory });
  const cid = writer.key({ question: "peek" });
  expect(writer.peek(cid)).toBeUndefined();
  await writer.set(cid, "kept", { tenant: "a" });
  expect(writer.peek(cid)).toBeUndefined();
  expect(writer.peek(cid, { tenant: "a" })).toMatchObject({ outcome: "hit", value: "kept" });
  expect((await writer.stats()).session).toMatchObject({ hits: { memory: 1 }, misses: 0 });
  const reader = openTestCache({ directory, memoryBytes: 0 });
  expect(reader.peek(cid, { tenant: "a" })).toMatchObject({ outcome: "hit", value: "kept" });
});

test("a peek asks no store that was seen to answer later", async () => {
  const asked: string[] = [];
  const far: CacheStore = {
    name: "far",
    get: async (key) => void asked.push(key),
    set: async () => {},
    delete: async () => false,
  };
  const cache = openTestCache({ store: far });
  const cid = cache.key({ question: "far" });
  expect(cache.peek(cid)).toBeUndefined();
  expect(asked).toHaveLength(1);
  expect(cache.peek(cid)).toBeUndefined();
  await cache.get(cid);
  expect(cache.peek(cid)).toBeUndefined();
  expect(asked).toHaveLength(2);
});

test("identical computations in flight are one; later ones are hits", async () => {
  const cache = openTestCache();
  const cid = cache.key({ question: 2 });
  let runs = 0;
  const compute = async () => {
    runs++;
    await new Promise((resolve) => setTimeout(resolve, 20));
    return { text: "answer" };
  };
  const answers = await Promise.all([1, 2, 3].map(() => cache.getOrCompute(cid, compute)));
  expect(answers.map((answer) => answer.outcome)).toEqual(["computed", "joined", "joined"]);
  expect((await cache.getOrCompute(cid, compute)).outcome).toBe("hit");
  expect(runs).toBe(1);
});

test("a stream is recorded as it passes and replayed, and a value of it is the same record", async () => {
  const cache = openTestCache();
  const cid = cache.key({ question: 3 });
  const produce = async function* () {
    yield { type: "text", text: "a" };
    yield { type: "text", text: "b" };
  };
  const first = await cache.getOrStream(cid, produce);
  const parts = await listOf(first.parts);
  expect(first.outcome).toBe("computed");
  const second = await cache.getOrStream(cid, produce);
  expect(second.outcome).toBe("hit");
  expect(await listOf(second.parts)).toStrictEqual(parts);
  const whole = await cache.getOrCompute(cid, async () => []);
  expect(whole).toMatchObject({ outcome: "hit", value: parts });
});

test("two clients with different default system prompts never share an answer", async () => {
  const directory = temporaryFolder();
  const ask = async (system: string) => {
    const cache = openTestCache({ directory });
    const cid = cache.key({ provider: "p", model: "m", system, messages: ["Who are you?"] });
    return (await cache.getOrCompute(cid, async () => `I am ${system}`)).value;
  };
  expect(await ask("Ann")).toBe("I am Ann");
  expect(await ask("Bob")).toBe("I am Bob");
  expect(await ask("Ann")).toBe("I am Ann");
});
