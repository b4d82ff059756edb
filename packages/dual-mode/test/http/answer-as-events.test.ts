import { getEventListeners } from "node:events";
import { describe, expect, test, vi } from "vitest";
import { DualModeError } from "../../src/error.ts";
import { createFetch } from "../../src/http/create-fetch.ts";
import { readServerSentEvents } from "../../src/http/server-sent-events.ts";
import { endless, fetchScene, headers } from "./fetch-scene.ts";

const { serve } = fetchScene();

/** What is asked and read under one context, as a mode does it. */
async function open(url: string, signal: AbortSignal, alive = () => {}) {
  const send = createFetch({ signal, alive }, { headers, asEvents: true });
  const { body } = await send(url, { method: "POST", body: "{}" });
  return readServerSentEvents(body, { signal, alive });
}

async function readAll(url: string, signal: AbortSignal, alive?: () => void): Promise<string[]> {
  const read: string[] = [];
  for await (const { data } of await open(url, signal, alive)) read.push(data);
  return read;
}

describe("an answer that is read as events", () => {
  test("tells of each piece that comes", async () => {
    const { signal } = new AbortController();
    const alive = vi.fn();
    const url = await serve((_, response) => response.end(": hello\n\ndata: a\n\n"));
    expect(await readAll(url, signal, alive)).toEqual(["a"]);
    expect(alive).toHaveBeenCalledOnce();
  });

  test("ends with the call's abort, and the connection with it", async () => {
    const closed = vi.fn();
    const stop = new AbortController();
    const url = await serve((_, response) => {
      response.on("close", closed);
      response.write("data: a\n\n");
    });
    const events = await open(url, stop.signal);
    await events.next();
    const next = events.next();
    const reason = new DualModeError("CLOSED", "The client was closed.");
    setTimeout(() => stop.abort(reason), 20);
    await expect(next).rejects.toBe(reason);
    await vi.waitFor(() => expect(closed).toHaveBeenCalled());
  });

  test("is not read where the call was aborted meanwhile", async () => {
    const stop = new AbortController();
    const url = await serve((_, response) => void response.write("data: a\n\n"));
    const events = await open(url, stop.signal);
    const reason = new DualModeError("ABORTED", "Enough.");
    stop.abort(reason);
    await expect(events.next()).rejects.toBe(reason);
  });

  test("is refused over 64 MiB, and the connection ends", async () => {
    const closed = vi.fn();
    const comment = Buffer.from(`:${"x".repeat(4_000)}\n`.repeat(256));
    const url = await serve((request, response) => {
      response.on("close", closed);
      endless(comment)(request, response);
    });
    const reading = readAll(url, new AbortController().signal);
    await expect(reading).rejects.toMatchObject({ code: "OUTPUT_TOO_LARGE" });
    await vi.waitFor(() => expect(closed).toHaveBeenCalled());
  });

  test("that breaks off is NETWORK", async () => {
    const { signal } = new AbortController();
    const url = await serve((_, response) => {
      response.write("data: a\n\n", () => response.destroy());
    });
    await expect(readAll(url, signal)).rejects.toMatchObject({ code: "NETWORK" });
  });

  test.each([
    ["at its end", () => {}],
    [
      "where it breaks off",
      (body: ReadableStreamDefaultController) => body.error(new Error("off")),
    ],
  ])("leaves nothing at the signal %s", async (_, end) => {
    const { signal } = new AbortController();
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode("data: a\n\n")),
      pull: (controller) => {
        end(controller);
        controller.close();
      },
    });
    const events = readServerSentEvents(body, { signal, alive: () => {} });
    expect(getEventListeners(signal, "abort")).toHaveLength(1);
    await events.next();
    await events.next().catch(() => undefined);
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });
});
