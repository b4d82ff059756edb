import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { recordingsScene } from "./recordings-scene.ts";

const scene = recordingsScene();
const { open, files, textOf, ask } = scene;

afterEach(() => {
  vi.unstubAllEnvs();
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
      scene.folder,
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
    ["[", /is not JSON/],
  ])("is an error by name and stays as it is: %j", async (text, message) => {
    await ask("record", { a: 1 });
    writeFileSync(join(scene.folder, files()[0] ?? ""), text);
    for (const mode of ["auto", "replay"] as const) {
      await expect(ask(mode, { a: 1 })).rejects.toMatchObject({ code: "DAMAGED" });
      await expect(ask(mode, { a: 1 })).rejects.toThrow(message);
    }
    expect(textOf()).toBe(text);
    expect(await ask("record", { a: 1 }, "anew")).toEqual({ value: "anew", asked: 1 });
  });

  test("whose request was edited is no answer to the one that it is named for", async () => {
    await ask("record", { a: "one" });
    writeFileSync(join(scene.folder, files()[0] ?? ""), textOf().replace("one", "two"));
    await expect(ask("replay", { a: "one" })).rejects.toThrow(/another request than the one/);
  });

  test("of a later version is left alone", async () => {
    await ask("record", { a: 1 });
    writeFileSync(
      join(scene.folder, files()[0] ?? ""),
      textOf().replace('"format": 1', '"format": 2'),
    );
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
    expect(scene.warnings).toEqual([expect.stringContaining(told)]);
    expect(scene.warnings.join()).not.toMatch(/AIza|ghp_|very-own|abcdefghij|pass@/);
  });
});

test("what cannot be recorded is given and told", async () => {
  expect(await ask("record", { a: { "/": 1 } })).toEqual({ value: "an answer", asked: 1 });
  expect(scene.warnings).toEqual([expect.stringContaining('one member is "/"')]);
});

test("a folder that cannot be written costs no answer", async () => {
  writeFileSync(scene.folder, "a file");
  expect(await ask("auto", { a: 1 })).toEqual({ value: "an answer", asked: 1 });
  expect(scene.warnings[0]).toMatch(/not recorded/);
});
