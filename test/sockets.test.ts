import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { createGroq } from "@acc/groq";
import { createOpenAI } from "@acc/openai";
import { afterEach, describe, expect, it } from "vitest";
import { type LoopbackServer, startLoopbackServer } from "../scripts/loopback-server.ts";
import { dataEvent, openStream } from "../scripts/vendor-answers.ts";

let server: LoopbackServer | undefined;
afterEach(() => server?.close());

const options = (baseUrl: string) =>
  ({ apiKey: "no-key-of-anybody", baseUrl, secrets: false, cache: false, only: "sdk" }) as const;

const vendors = [
  {
    name: "groq",
    open: (url: string) => createGroq(options(url)),
    chunk: (content: string) =>
      dataEvent({ id: "1", model: "m", choices: [{ index: 0, delta: { content } }] }),
  },
  {
    name: "openai",
    open: (url: string) => createOpenAI({ ...options(url), api: "responses" }),
    chunk: (delta: string) =>
      dataEvent({ type: "response.output_text.delta", output_index: 0, content_index: 0, delta }),
  },
];

describe.each(vendors)("$name", ({ open, chunk }) => {
  it("a reader that pauses makes the vendor's socket pause", async () => {
    let written = 0;
    const pour = async (response: ServerResponse) => {
      openStream(response);
      const piece = chunk("x".repeat(16_384));
      while (!response.destroyed && written < 64 * 1024 * 1024) {
        written += piece.length;
        if (response.write(piece)) continue;
        const go = new AbortController();
        const { signal } = go;
        await Promise.race([
          once(response, "drain", { signal }),
          once(response, "close", { signal }),
        ]);
        go.abort();
      }
    };
    server = await startLoopbackServer(pour);
    const client = open(server.url);
    for await (const part of client.stream("hi")) {
      if (part.type !== "text") continue;
      await sleep(700);
      break;
    }
    expect(written).toBeLessThan(16 * 1024 * 1024);
    await client.close();
  });

  it("an abort reaches the vendor's socket at once", async () => {
    let closedAt = Number.POSITIVE_INFINITY;
    server = await startLoopbackServer((response) => {
      openStream(response);
      response.write(chunk("first"));
      response.once("close", () => {
        closedAt = performance.now();
      });
    });
    const client = open(server.url);
    const abort = new AbortController();
    let abortedAt = 0;
    const read = async () => {
      for await (const part of client.stream("hi", { signal: abort.signal })) {
        if (part.type !== "text") continue;
        abortedAt = performance.now();
        abort.abort();
      }
    };
    await expect(read()).rejects.toMatchObject({ code: "ABORTED" });
    await expect.poll(() => closedAt, { timeout: 5_000 }).toBeLessThan(abortedAt + 2_000);
    await client.close();
  });

  it("leaving the loop closes the vendor's socket", async () => {
    let closed = false;
    server = await startLoopbackServer((response) => {
      openStream(response);
      response.write(chunk("first"));
      response.once("close", () => {
        closed = true;
      });
    });
    const client = open(server.url);
    for await (const part of client.stream("hi")) if (part.type === "text") break;
    await expect.poll(() => closed, { timeout: 5_000 }).toBe(true);
    await client.close();
  });
});
