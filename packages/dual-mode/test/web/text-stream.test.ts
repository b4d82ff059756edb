import { setTimeout } from "node:timers/promises";
import { afterEach, describe, expect, it, vi } from "vitest";
import { DualModeError } from "../../src/error.ts";
import { textStream } from "../../src/web/text-stream.ts";
import { says, scripted } from "../scripted-provider.ts";
import { standing, streamOf, throwing } from "./web-scene.ts";

afterEach(() => {
  vi.useRealTimers();
});

describe("textStream", () => {
  it("is a loop over the text, and a stream", async () => {
    const pieces: string[] = [];
    for await (const piece of textStream(streamOf(says("Hello.")))) pieces.push(piece);
    expect(pieces).toEqual(["Hel", "lo."]);
    const bytes = textStream(streamOf(says("Hello."))).pipeThrough(new TextEncoderStream());
    expect(await new Response(bytes).text()).toBe("Hello.");
  });

  it("asks nothing before it is read", async () => {
    const { client, ran } = scripted({ sdk: { scripts: [says("ok")] } });
    const text = textStream(client.stream("hi"));
    await setTimeout(5);
    expect(ran).toEqual([]);
    await text.cancel();
  });

  it("fails as the stream does", async () => {
    const loop = async () => {
      for await (const _ of textStream(throwing(new DualModeError("NETWORK", "Cut.")))) {
        // Nothing comes.
      }
    };
    await expect(loop()).rejects.toMatchObject({ code: "NETWORK" });
  });

  it.each(["a loop", "a reader"])("ends the call where it is left, by %s", async (how) => {
    const { stream, left } = standing();
    const text = textStream(stream);
    if (how === "a loop") {
      for await (const _ of text) break;
    } else {
      const reader = text.getReader();
      await reader.read();
      await reader.cancel();
    }
    expect(left.is).toBe(true);
  });

  it("ends the call where it is cancelled while it waits for a piece", async () => {
    const { stream, left } = standing();
    const reader = textStream(stream).getReader();
    await reader.read();
    const next = reader.read();
    await setTimeout(5);
    await reader.cancel();
    expect(await next).toEqual({ done: true, value: undefined });
    expect(left.is).toBe(true);
  });
});
