import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { keptRequest, type RecordingMode, recordings } from "../src/index.ts";
import { listOf } from "./support/list-of.ts";
import { openTestCache, temporaryFolder } from "./support/temporary.ts";

let folder: string;
let warnings: string[];

beforeEach(() => {
  folder = join(temporaryFolder(), "answers");
  warnings = [];
  vi.spyOn(process, "emitWarning").mockImplementation((warning) => {
    warnings.push(String(warning));
  });
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const open = (mode: RecordingMode) => recordings({ folder, mode });
const files = () => readdirSync(folder).sort();
const textOf = (name = files()[0] ?? "") => readFileSync(join(folder, name), "utf8");

/** Asks in a mode; gives the value, and whether it was asked for. */
async function ask(mode: RecordingMode, request: object, answer: unknown = "an answer") {
  const cache = open(mode);
  let asked = 0;
  const compute = async () => {
    asked++;
    return answer;
  };
  const { value } = await cache.getOrCompute(cache.key(request), compute);
  await cache.close();
  return { value, asked };
}

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
    const [before, first] = [statSync(join(folder, files()[0] ?? "")).ino, textOf()];
    await ask("record", { a: 1 }, { a: 2, b: 1 });
    expect([statSync(join(folder, files()[0] ?? "")).ino, textOf()]).toEqual([before, first]);
  });

  test("that a formatter has changed is left as it is", async () => {
    await ask("record", { a: [1, 2] }, "hi");
    const name = join(folder, files()[0] ?? "");
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
    writeFileSync(join(folder, name), textOf().replace("as it came", "as I want it"));
    expect(await ask("replay", { a: 1 })).toEqual({ value: "as I want it", asked: 0 });
  });

  test("belongs to its namespace and tenant", async () => {
    const cache = recordings({ folder, mode: "record", namespace: "n/1" });
    const cid = cache.key({ a: 1 });
    await cache.getOrCompute(cid, async () => "of ann", { tenant: "ann" });
    await cache.getOrCompute(cid, async () => "of all");
    await cache.close();
    const again = recordings({ folder, mode: "replay", namespace: "n/1" });
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
    expect(recordings({ folder }).recording).toBe(mode);
  });

  test("a wrong mode, or no folder, is refused by name", () => {
    vi.stubEnv("ACC_RECORDINGS", "none");
    expect(() => recordings({ folder })).toThrow(/mode \(or ACC_RECORDINGS\) is "none"/);
    expect(() => recordings({ folder: "" })).toThrow(/option folder/);
  });
});

describe("a miss", () => {
  // Netflix/pollyjs#114, Netflix/pollyjs#215: a replay told no more than that there is no recording.
  test("says which member of which recorded request differs", async () => {
    await ask("record", { model: "m", messages: [{ text: "Tell me of the sea" }], n: 1 });
    await ask("record", { model: "m", messages: [{ text: "Something else" }], n: 1 });
    const request = { model: "m", messages: [{ text: "Tell me of the sky" }], n: 1 };
    const error = await ask("replay", request).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "NOT_RECORDED", path: "request.messages[0].text" });
    const cache = open("replay");
    const nearest = join(
      folder,
      `${cache.key({ ...request, messages: [{ text: "Tell me of the sea" }] })}.json`,
    );
    const difference = {
      path: "request.messages[0].text",
      asked: "Tell me of the sky",
      recorded: "Tell me of the sea",
    };
    expect(cache.explain(request)).toEqual({ nearest, recorded: 2, differences: [difference] });
    const { message } = error as Error;
    expect(message).toContain(nearest);
    expect(message).toMatch(/text: asked "[^"]*sky", recorded "[^"]*sea"/);
  });

  test("says what one of the two requests has and the other has not", async () => {
    await ask("record", { model: "m", system: "Be brief" });
    const { differences } = open("replay").explain({ model: "m", temperature: 0 });
    expect(differences).toEqual(
      [
        { path: "request.temperature", asked: 0, recorded: undefined },
        { path: "request.system", asked: undefined, recorded: "Be brief" },
      ].sort((a, b) => (a.path > b.path ? -1 : 1)),
    );
  });

  test("in an empty folder says so", async () => {
    await expect(ask("replay", { a: 1 })).rejects.toThrow(/has none.*ACC_RECORDINGS=auto/);
  });

  test("shows no credential", async () => {
    await ask("record", { model: "m", note: "here" });
    const key = `sk-ant-${"x".repeat(30)}`;
    const error = await ask("replay", { model: "m", note: key }).catch((thrown) => thrown);
    expect(error.message).toContain("[redacted]");
    expect(error.message).not.toContain("xxxx");
  });
});

describe("a file that cannot be read", () => {
  test.each([
    ["<<<<<<< HEAD\n{}", /merge conflict/],
    ["{}", /lacks its format/],
    ["[", /is no JSON/],
  ])("is an error by name and stays as it is: %j", async (text, message) => {
    await ask("record", { a: 1 });
    writeFileSync(join(folder, files()[0] ?? ""), text);
    for (const mode of ["auto", "replay"] as const) {
      await expect(ask(mode, { a: 1 })).rejects.toMatchObject({ code: "DAMAGED" });
      await expect(ask(mode, { a: 1 })).rejects.toThrow(message);
    }
    expect(textOf()).toBe(text);
    expect(await ask("record", { a: 1 }, "anew")).toEqual({ value: "anew", asked: 1 });
  });

  test("whose request was edited is no answer to the one that it is named for", async () => {
    await ask("record", { a: "one" });
    writeFileSync(join(folder, files()[0] ?? ""), textOf().replace("one", "two"));
    await expect(ask("replay", { a: "one" })).rejects.toThrow(/another request than the one/);
  });

  test("of a later version is left alone", async () => {
    await ask("record", { a: 1 });
    writeFileSync(join(folder, files()[0] ?? ""), textOf().replace('"format": 1', '"format": 2'));
    await expect(ask("auto", { a: 1 })).rejects.toMatchObject({ code: "NEWER_FORMAT" });
  });
});

// vcr/vcr#599, canonical/ubuntu.com#16555: keys that nobody had thought to filter.
describe("no secret is recorded", () => {
  test.each([
    ["in the request", { note: `Use AIza${"b".repeat(35)}` }, "fine", "request.note"],
    [
      "in a header",
      { options: { headers: { Authorization: "abcdefghij" } } },
      "fine",
      "Authorization",
    ],
    ["in an address", { endpoint: "https://me:pass@host/v1" }, "fine", "request.endpoint"],
    ["in the answer", { a: 1 }, [{ text: `ghp_${"a".repeat(36)}` }], "response[0].text"],
    ["of the environment", { a: "my very-own-value" }, "fine", "SOME_SERVICE_TOKEN"],
  ])("%s: the answer is given, and the reason told", async (_where, request, answer, told) => {
    vi.stubEnv("SOME_SERVICE_TOKEN", "very-own-value");
    expect(await ask("record", request, answer)).toEqual({ value: answer, asked: 1 });
    expect(() => files()).toThrow(/ENOENT/);
    expect(warnings).toEqual([expect.stringContaining(told)]);
    expect(warnings.join()).not.toMatch(/AIza|ghp_|very-own|abcdefghij|pass@/);
  });
});

test("what cannot be recorded is given and told", async () => {
  expect(await ask("record", { a: { "/": 1 } })).toEqual({ value: "an answer", asked: 1 });
  expect(warnings).toEqual([expect.stringContaining('one member is "/"')]);
});

test("a folder that cannot be written costs no answer", async () => {
  writeFileSync(folder, "a file");
  expect(await ask("auto", { a: 1 })).toEqual({ value: "an answer", asked: 1 });
  expect(warnings[0]).toMatch(/not recorded/);
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
