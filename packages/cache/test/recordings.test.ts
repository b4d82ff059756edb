import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { keptRequest, recordings } from "../src/index.ts";
import { recordingsScene } from "./recordings-scene.ts";
import { listOf } from "./support/list-of.ts";
import { openTestCache } from "./support/temporary.ts";

const scene = recordingsScene();
const { open, files, textOf, ask } = scene;

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("a recording", () => {
  test("is one file of JSON, sorted, with its request and without times or credentials", async () => {
    const request = { model: "m", b: { y: 2, x: [1, { d: 4, c: 3 }] }, a: "Grüße\n", apiKey: "k" };
    await ask("record", request, { text: "Hi", also: { z: 1, y: undefined } });
    const cid = open("auto").key(request);
    expect(files()).toEqual([`${cid}.json`]);
    expect(textOf()).toBe(
      `${JSON.stringify(
        {
          cid,
          format: 1,
          request: { a: "Grüße\n", b: { x: [1, { c: 3, d: 4 }], y: 2 }, model: "m" },
          response: { also: { z: 1 }, text: "Hi" },
        },
        undefined,
        2,
      )}\n`,
    );
  });

  // betamaxpy/betamax#168, Kludex/cassetter#27: times and an order that change with each run.
  test("is the same at each recording, and is not written again", async () => {
    await ask("record", { a: 1 }, { b: 1, a: 2 });
    const [before, first] = [statSync(join(scene.folder, files()[0] ?? "")).ino, textOf()];
    await ask("record", { a: 1 }, { a: 2, b: 1 });
    expect([statSync(join(scene.folder, files()[0] ?? "")).ino, textOf()]).toEqual([before, first]);
  });

  test("that a formatter has changed is left as it is", async () => {
    await ask("record", { a: [1, 2] }, "hi");
    const name = join(scene.folder, files()[0] ?? "");
    const formatted = JSON.stringify(JSON.parse(textOf()), undefined, "\t");
    writeFileSync(name, formatted);
    await ask("record", { a: [1, 2] }, "hi");
    expect(textOf()).toBe(formatted);
  });

  test("gives what was given when it was recorded, members in the same order", async () => {
    const answer = { input: { b: 1, a: [{ d: 1, c: 2 }] } };
    const recorded = await ask("record", { a: 1 }, answer);
    const replayed = await ask("replay", { a: 1 });
    // A program that puts an answer into its next request must come to the same request.
    expect(JSON.stringify(replayed.value)).toBe(JSON.stringify(recorded.value));
    expect(replayed).toEqual({ value: answer, asked: 0 });
  });

  test("holds bytes of a request, and finds them again", async () => {
    const image = new Uint8Array([1, 2, 3, 250]);
    await ask("record", { image });
    expect(JSON.parse(textOf()).request).toEqual({ image: { "/": { bytes: "AQID+g" } } });
    expect(await ask("replay", { image })).toMatchObject({ asked: 0 });
    expect([...open("replay").recorded()][0]?.request).toEqual({ image });
  });

  test("of a stream has its parts, and what is kept of them", async () => {
    const cache = open("record");
    async function* produce() {
      yield* [{ text: "one", ms: 3 }, { skip: true }, { text: "two" }];
    }
    const keep = (part: { text?: string; skip?: boolean }) =>
      part.skip ? undefined : { text: part.text ?? "" };
    const { parts } = await cache.getOrStream<object>(cache.key({ s: 1 }), produce, { keep });
    const seen = await listOf(parts);
    expect(seen).toEqual([{ ms: 3, text: "one" }, { skip: true }, { text: "two" }]);
    await cache.close();
    const again = open("replay");
    const replayed = await again.getOrStream(again.key({ s: 1 }), produce);
    expect(await listOf(replayed.parts)).toEqual([{ text: "one" }, { text: "two" }]);
  });

  test("may be edited by hand", async () => {
    await ask("record", { a: 1 }, "as it came");
    const name = files()[0] ?? "";
    writeFileSync(join(scene.folder, name), textOf().replace("as it came", "as I want it"));
    expect(await ask("replay", { a: 1 })).toEqual({ value: "as I want it", asked: 0 });
  });

  test("belongs to its namespace and tenant", async () => {
    const cache = recordings({ folder: scene.folder, mode: "record", namespace: "n/1" });
    const cid = cache.key({ a: 1 });
    await cache.getOrCompute(cid, async () => "of ann", { tenant: "ann" });
    await cache.getOrCompute(cid, async () => "of all");
    await cache.close();
    const again = recordings({ folder: scene.folder, mode: "replay", namespace: "n/1" });
    expect(again.peek(again.key({ a: 1 }), { tenant: "ann" })?.value).toBe("of ann");
    expect(again.peek(cid)?.value).toBe("of all");
    expect(again.peek(cid, { tenant: "bob" })).toBeUndefined();
  });
});

describe("the modes", () => {
  test("record asks once a process, and replaces", async () => {
    await ask("record", { a: 1 }, "old");
    const cache = open("record");
    const cid = cache.key({ a: 1 });
    let asked = 0;
    for (let time = 0; time < 3; time++) {
      await cache.getOrCompute(cid, async () => `new ${++asked}`);
    }
    expect([asked, cache.peek(cid)?.value]).toEqual([1, "new 1"]);
    await cache.close();
    expect(await ask("replay", { a: 1 })).toEqual({ value: "new 1", asked: 0 });
  });

  test("auto asks for what is not recorded, whatever a call wants", async () => {
    expect(await ask("auto", { a: 1 }, "one")).toEqual({ value: "one", asked: 1 });
    expect(await ask("auto", { a: 1 }, "two")).toEqual({ value: "one", asked: 0 });
    const cache = open("auto");
    const answer = await cache.getOrCompute(cache.key({ a: 1 }), async () => "three", {
      refresh: true,
      ttl: 1,
    });
    expect(answer.value).toBe("one");
  });

  test("replay never asks, writes and removes nothing", async () => {
    await ask("record", { a: 1 });
    const before = files();
    await expect(ask("replay", { a: 2 })).rejects.toMatchObject({ code: "NOT_RECORDED" });
    const cache = open("replay");
    const cid = cache.key({ a: 1 });
    expect(await cache.set(cache.key({ a: 3 }), "x")).toBe(false);
    expect([await cache.delete(cid), await cache.clear()]).toEqual([false, 0]);
    expect([files(), cache.peek(cid)?.value]).toEqual([before, "an answer"]);
  });

  test("replay refuses a stream where it is read", async () => {
    const cache = open("replay");
    const answer = await cache.getOrStream(cache.key({ a: 1 }), async function* () {
      yield 1;
    });
    await expect(listOf(answer.parts)).rejects.toMatchObject({ code: "NOT_RECORDED" });
  });

  test.each([
    [{}, "auto"],
    [{ CI: "true" }, "replay"],
    [{ CI: "false" }, "auto"],
    [{ CI: "true", ACC_RECORDINGS: "record" }, "record"],
  ])("by the environment %j it is %s", (variables, mode) => {
    vi.stubEnv("CI", undefined);
    vi.stubEnv("ACC_RECORDINGS", undefined);
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
    expect(recordings({ folder: scene.folder }).recording).toBe(mode);
  });

  test("a wrong mode, or no folder, is refused by name", () => {
    vi.stubEnv("ACC_RECORDINGS", "none");
    expect(() => recordings({ folder: scene.folder })).toThrow(
      /mode \(or ACC_RECORDINGS\) is "none"/,
    );
    expect(() => recordings({ folder: "" })).toThrow(/option folder/);
  });
});

describe("a cache that keeps requests", () => {
  test("gives each back with its answer, and none where it was not asked to", async () => {
    const request = { a: new Uint8Array([1, 2]), b: undefined, timeout: 3 };
    for (const keepRequests of [true, false]) {
      const cache = openTestCache({ keepRequests });
      const cid = cache.key(request);
      const produce = async function* () {
        yield 1;
      };
      await listOf((await cache.getOrStream(cid, produce)).parts);
      const entry = await vi.waitUntil(() => cache.peek(cid));
      expect(keptRequest(cid, entry)).toEqual(keepRequests ? { a: request.a } : undefined);
    }
  });

  test("keeps a caller's own metadata, and gives no request that was changed", async () => {
    const cache = openTestCache({ keepRequests: true });
    const request = { a: 1 };
    const cid = cache.key(request);
    await cache.getOrCompute(cid, async () => 1, { metadata: { of: "the caller" } });
    expect(cache.peek(cid)?.metadata).toEqual({ of: "the caller" });
    const other = cache.key({ a: 2 });
    await cache.set(other, 1, { metadata: { request } });
    expect(keptRequest(other, { metadata: cache.peek(other)?.metadata })).toBeUndefined();
  });
});
