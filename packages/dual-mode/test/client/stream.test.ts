import { describe, expect, it } from "vitest";
import { chain } from "../../src/client/chain.ts";
import type { Part } from "../../src/contract/part.ts";
import { DualModeError } from "../../src/error.ts";
import { fails, hangs, says, scripted } from "../scripted-provider.ts";

const overloaded = new DualModeError("OVERLOADED", "Too busy.");
const start = { type: "start" } as const;
const text = { type: "text", text: "half" } as const;

async function collect(parts: AsyncIterable<Part>): Promise<Part[]> {
  const all: Part[] = [];
  for await (const part of parts) all.push(part);
  return all;
}

describe("stream", () => {
  it("gives start first and finish last, and the whole as a reply", async () => {
    const { client } = scripted({ sdk: { scripts: [says("hello")] } });
    const stream = client.stream("hi");
    const parts = await collect(stream);
    expect(parts.map(({ type }) => type)).toEqual(["start", "text", "text", "usage", "finish"]);
    expect(await stream.reply).toMatchObject({ text: "hello", mode: "sdk" });
  });

  it("gives the reply without a loop", async () => {
    const { client } = scripted({ sdk: { scripts: [says("hello")] } });
    expect((await client.stream("hi").reply).text).toBe("hello");
  });

  it("falls back unseen before the first content", async () => {
    const { client } = scripted(
      { sdk: { scripts: [fails(overloaded, [start])] }, cli: { scripts: [says("ok")] } },
      { retry: 0, billing: "key" },
    );
    const stream = client.stream("hi");
    const parts = await collect(stream);
    expect(parts.filter(({ type }) => type === "start")).toHaveLength(1);
    expect(await stream.reply).toMatchObject({ mode: "cli", fallback: true });
  });

  it("never repeats silently what the caller has begun to read", async () => {
    const { client, ran } = scripted(
      { sdk: { scripts: [fails(overloaded, [start, text])] }, cli: { scripts: [says("ok")] } },
      { billing: "key" },
    );
    const seen: Part[] = [];
    const loop = async () => {
      for await (const part of client.stream("hi")) seen.push(part);
    };
    await expect(loop()).rejects.toMatchObject({
      code: "OVERLOADED",
      attempts: [{ code: "OVERLOADED" }],
    });
    expect(seen).toContainEqual(text);
    expect(ran).toEqual(["sdk option"]);
  });

  it("is told in the stream who pays", async () => {
    const { client } = scripted(
      { cli: { scripts: [fails(overloaded), says("ok")] }, sdk: { scripts: [says("x")] } },
      { retry: 0, prefer: "cli" },
    );
    const parts = await collect(client.stream("hi"));
    expect(parts.slice(0, 2)).toEqual([
      { type: "start", model: "model-1" },
      { type: "warning", warning: expect.objectContaining({ code: "PAYER_CHANGED" }) },
    ]);
  });

  it("ends the provider's work where the loop is left", async () => {
    let ended = false;
    const { client } = scripted({
      sdk: {
        scripts: [
          async function* (_, { signal }) {
            signal.addEventListener("abort", () => {
              ended = true;
            });
            yield start;
            for (;;) yield text;
          },
        ],
      },
    });
    const stream = client.stream("hi");
    for await (const part of stream) if (part.type === "text") break;
    expect(ended).toBe(true);
    await expect(stream.reply).rejects.toMatchObject({ code: "ABORTED" });
  });

  it("rejects nowhere when nobody awaits the reply", async () => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown) => unhandled.push(reason);
    process.on("unhandledRejection", note);
    const { client } = scripted({ sdk: { scripts: [fails(overloaded)] } }, { retry: 0 });
    await expect(collect(client.stream("hi"))).rejects.toThrow();
    await new Promise((resolve) => setTimeout(resolve, 20));
    process.off("unhandledRejection", note);
    expect(unhandled).toEqual([]);
  });

  it("takes an abort between two parts", async () => {
    const { client } = scripted({ sdk: { scripts: [hangs([start, text])] } });
    const abort = new AbortController();
    const loop = async () => {
      for await (const part of client.stream("hi", { signal: abort.signal })) {
        if (part.type === "text") abort.abort();
      }
    };
    await expect(loop()).rejects.toMatchObject({ code: "ABORTED" });
  });

  it("goes through a chain", async () => {
    const first = scripted({ sdk: { scripts: [fails(overloaded)] } }, { retry: 0 });
    const second = scripted({ sdk: { scripts: [says("second")] } });
    const stream = chain([first.client, second.client]).stream("hi");
    await collect(stream);
    expect(await stream.reply).toMatchObject({ text: "second", fallback: true });
  });
});
