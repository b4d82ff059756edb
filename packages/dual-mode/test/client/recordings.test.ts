import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openCache, type RecordingMode, recordings } from "@acc/cache";
import { createSecret } from "@acc/secrets";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { defineProvider } from "../../src/client/define-provider.ts";
import { DualModeError } from "../../src/error.ts";
import { chain } from "../../src/index.ts";
import { fails, type Script, says, scripted } from "../scripted-provider.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "acc-recordings-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const open = (mode: RecordingMode) => recordings({ folder, mode });

/** A client of one provider, whose answers are these scripts, the last one for ever. */
function playing(mode: RecordingMode, scripts: Script[], model = "model-1") {
  const ran: string[] = [];
  const create = defineProvider({
    id: "played",
    defaultModel: "model-1",
    credential: { name: "played_api_key", env: ["PLAYED_API_KEY"] },
    sdk: {
      credentials: ["key"],
      supports: ["schema"],
      probe: async () => ({ available: true }),
      run: (request, context) => {
        ran.push(request.model);
        const next = scripts.length > 1 ? scripts.shift() : scripts[0];
        return (next as Script)(request, context);
      },
    },
  });
  const options = { secrets: false, apiKey: "key-number-one", retry: 0 } as const;
  return { client: create({ ...options, cache: open(mode), model }), ran };
}

const client = (mode: RecordingMode, ...answers: string[]) =>
  playing(
    mode,
    answers.map((text) => says(text)),
  );

async function recorded(): Promise<string[]> {
  const names = await readdir(folder);
  return Promise.all(names.map((name) => readFile(join(folder, name), "utf8")));
}

describe("answers of a folder", () => {
  it("are recorded without keys, times and whose key it was", async () => {
    await client("record", "hello").client.chat("hi");
    const [text = ""] = await recorded();
    const { request, response } = JSON.parse(text);
    expect(request).toMatchObject({ messages: [{ content: [{ text: "hi" }] }], model: "model-1" });
    expect(response.map(({ type }: { type: string }) => type)).toContain("text");
    expect(text).not.toMatch(/env:|"ms": [1-9]|requestId|test-key/);
  });

  it("are replayed whole and as a stream, and nobody is asked", async () => {
    await client("record", "hello").client.chat("hi");
    const replay = client("replay");
    expect(await replay.client.chat("hi")).toMatchObject({ text: "hello", cached: true });
    const stream = replay.client.stream("hi");
    const parts = [];
    for await (const part of stream) parts.push(part);
    expect(parts).toContainEqual({ type: "text", text: "hello" });
    expect(await stream.reply).toMatchObject({ cached: true });
    expect(replay.ran).toHaveLength(0);
  });

  it.each(["off", "refresh", "default"] as const)(
    "ask nobody for a call with cache: %s",
    async (cache) => {
      await client("record", "hello").client.chat("hi");
      const replay = client("replay");
      expect(await replay.client.chat("hi", { cache })).toMatchObject({ text: "hello" });
      const miss = replay.client.chat("ho", { cache });
      await expect(miss).rejects.toMatchObject({ code: "NOT_CACHED" });
      await expect(replay.client.stream("ho", { cache }).reply).rejects.toMatchObject({
        code: "NOT_CACHED",
        message: expect.stringMatching(
          /messages\[0\]\.content\[0\]\.text: asked "ho", recorded "hi"/,
        ),
      });
      expect(replay.ran).toHaveLength(0);
    },
  );

  it("are asked for by auto where there are none, and once", async () => {
    const auto = client("auto", "one", "two");
    expect(await auto.client.chat("hi")).toMatchObject({ text: "one", cached: false });
    expect(await auto.client.chat("hi", { cache: "off" })).toMatchObject({ text: "one" });
    expect(auto.ran).toHaveLength(1);
  });

  it("lead a chain on to who has one", async () => {
    const failing = playing("record", [fails(new DualModeError("SERVER_ERROR", "It fails."))]);
    const second = (mode: RecordingMode) => playing(mode, [says("second")], "model-2").client;
    const both = chain([failing.client, second("record")]);
    expect((await both.chat("hi")).text).toBe("second");
    const replayed = chain([client("replay").client, second("replay")]);
    expect(await replayed.chat("hi")).toMatchObject({ text: "second", cached: true });
  });

  it("hold no secret that the process knows, nor a request with one", async () => {
    const value = "value-of-a-secret-0123456789";
    createSecret("another_key", value, "explicit");
    vi.spyOn(process, "emitWarning").mockImplementation(() => {});
    const base64 = Buffer.from(value).toString("base64");
    const { client: asking } = client("record", "fine", `It is ${value}`);
    expect((await asking.chat(`Read ${base64}`)).warnings).toMatchObject([
      { code: "NOT_CACHEABLE", message: expect.stringContaining("contains a secret") },
    ]);
    expect((await asking.chat("Say it")).warnings).toMatchObject([{ code: "SECRET_IN_ANSWER" }]);
    expect(await recorded()).toEqual([]);
    const miss = client("replay");
    await expect(miss.client.chat(`Read ${base64}`)).rejects.toMatchObject({ code: "NOT_CACHED" });
    expect(miss.ran).toHaveLength(0);
  });

  it("that no longer fit their schema are INVALID_OUTPUT, and asked for again by nobody", async () => {
    const schema = z.object({ a: z.number() });
    const request = { messages: [{ role: "user", content: "hi" }], schema } as const;
    await client("record", '{"a":1}').client.chat(request);
    const [name = ""] = await readdir(folder);
    const [text = ""] = await recorded();
    await writeFile(join(folder, name), text.replace('{\\"a\\":1}', '{\\"a\\":\\"x\\"}'));
    const replay = client("replay");
    await expect(replay.client.chat(request)).rejects.toMatchObject({ code: "INVALID_OUTPUT" });
    expect(replay.ran).toHaveLength(0);
  });
});

it("keeps no times of an attempt in any cache", async () => {
  const cache = openCache({ directory: folder });
  const { client: asking } = scripted({ sdk: { scripts: [says("hello")] } }, { cache });
  const { cid = "" } = await asking.chat("hi");
  const kept = (await cache.get<readonly { type: string }[]>(cid))?.value.at(-1);
  expect(kept).toMatchObject({ type: "origin", attempts: [{ ms: 0, model: "model-1" }] });
  await cache.close();
});
