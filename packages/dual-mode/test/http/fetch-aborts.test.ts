import { getEventListeners } from "node:events";
import { createSecret } from "@acc/secrets";
import { describe, expect, test, vi } from "vitest";
import { DualModeError } from "../../src/error.ts";
import { createFetch } from "../../src/http/create-fetch.ts";
import { ask, endless, fetchScene, headers, key } from "./fetch-scene.ts";

const { serve } = fetchScene();

createSecret("way_out_key", key);

describe("the call's abort", () => {
  test("ends the request before its answer", async () => {
    const stop = new AbortController();
    const url = await serve(() => stop.abort());
    await expect(ask(url, {}, stop.signal)).rejects.toMatchObject({ code: "ABORTED" });
  });

  test("ends the reading of the answer, and the connection", async () => {
    const closed = vi.fn();
    const stop = new AbortController();
    const url = await serve((_, response) => {
      response.on("close", closed);
      response.write("half");
    });
    const response = await ask(url, {}, stop.signal);
    const text = response.text();
    setTimeout(() => stop.abort(new DualModeError("CLOSED", "The client was closed.")), 20);
    await expect(text).rejects.toMatchObject({ code: "CLOSED" });
    await vi.waitFor(() => expect(closed).toHaveBeenCalled());
  });

  test("by a reader who leaves ends the connection too", async () => {
    const closed = vi.fn();
    const url = await serve((_, response) => {
      response.on("close", closed);
      response.write("data: {}\n\n");
    });
    const { body } = await ask(url);
    for await (const _ of body ?? []) break;
    await vi.waitFor(() => expect(closed).toHaveBeenCalled());
  });
});

describe("a signal of the SDK's own", () => {
  const askOf = (url: string, call: AbortSignal, own: AbortSignal) =>
    createFetch({ signal: call, alive: () => {} }, { headers })(url, { signal: own });

  test("ends the request and the reading too, as the call's does", async () => {
    const url = await serve(endless("word "));
    for (const isOwn of [true, false]) {
      const [call, own] = [new AbortController(), new AbortController()];
      const response = await askOf(url, call.signal, own.signal);
      const reader = response.body?.getReader();
      await reader?.read();
      const reason = new DualModeError("ABORTED", "Enough.");
      (isOwn ? own : call).abort(reason);
      await expect(
        (async () => {
          while (!(await reader?.read())?.done);
        })(),
      ).rejects.toBe(reason);
      await expect(askOf(url, call.signal, own.signal)).rejects.toBe(reason);
    }
  });

  test.each([200, 307, 404])("leaves nothing at either after an answer of %i", async (status) => {
    const url = await serve((_, response) => {
      response.writeHead(status, { location: "/again" }).end("{}");
    });
    const [call, own] = [new AbortController(), new AbortController()];
    const asked = askOf(url, call.signal, own.signal);
    await asked.then((response) => response.text()).catch(() => undefined);
    for (const { signal } of [call, own]) expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  test("leaves nothing where no answer came", async () => {
    const [call, own] = [new AbortController(), new AbortController()];
    const url = "http://127.0.0.1:9/";
    await expect(askOf(url, call.signal, own.signal)).rejects.toMatchObject({ code: "NETWORK" });
    for (const { signal } of [call, own]) expect(getEventListeners(signal, "abort")).toEqual([]);
  });
});
