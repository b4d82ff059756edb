import { createServer, get, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout } from "node:timers/promises";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Part } from "../../src/contract/part.ts";
import { DualModeError } from "../../src/error.ts";
import type { RunPart } from "../../src/tools-loop/contract.ts";
import { runTools } from "../../src/tools-loop/run-tools.ts";
import { toResponse } from "../../src/web/to-response.ts";
import { fails, gives, hangs, says, scripted } from "../scripted-provider.ts";
import { key, standing, streamOf, throwing } from "./web-scene.ts";

const eventsIn = (body: string) =>
  body
    .split("\n\n")
    .filter(Boolean)
    .map((event) => ({
      name: /^event: (.+)$/m.exec(event)?.[1],
      data: JSON.parse(/^data: (.+)$/m.exec(event)?.[1] ?? "null"),
    }));

afterEach(() => {
  vi.useRealTimers();
});

describe("server-sent events", () => {
  it("are the parts, one each", async () => {
    const response = await toResponse(streamOf(says("Hello.\n\nWorld")));
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    expect(response.headers.get("cache-control")).toBe("no-store, no-transform");
    const events = eventsIn(await response.text());
    expect(events.every(({ name }) => name === undefined)).toBe(true);
    expect(events.map(({ data }) => data.text ?? "").join("")).toBe("Hello.\n\nWorld");
    expect(events.at(-1)?.data).toEqual({ type: "finish", reason: "stop" });
  });

  it("show neither warnings nor signatures, nor what a step's reply knows of the server", async () => {
    const parts: RunPart[] = [
      { type: "start" },
      { type: "warning", warning: { code: "PAYER_CHANGED", message: "env:SOME_KEY" } },
      { type: "limits", limits: { tokens: { remaining: 12_345 } } },
      { type: "reasoning", text: "hm", signature: "claude:x" },
      { type: "tool-call", id: "a", name: "clock", input: {}, signature: "claude:y" },
      { type: "finish", reason: "tool-calls" },
    ];
    const { client } = scripted({
      sdk: { scripts: [gives(...(parts as Part[])), says("ok")] },
    });
    const run = runTools(client, "hi", { tools: { clock: () => "12:00" } });
    const body = await (await toResponse(run)).text();
    expect(body).not.toMatch(/warning|12345|signature|claude:|attempts|option/);
    expect(eventsIn(body).map(({ data }) => data)).toEqual(
      expect.arrayContaining([
        { type: "step", step: 1, last: false },
        expect.objectContaining({ type: "tool-result", content: "12:00" }),
        { type: "step", step: 2, last: true },
      ]),
    );
  });

  it("end with an event that tells a failure by its kind alone", async () => {
    const onError = vi.fn();
    const cut = new DualModeError("NETWORK", `Cut, with ${key} in env:SOME_KEY.`);
    const parts = [{ type: "start" }, { type: "text", text: "a" }] as const;
    const response = await toResponse(streamOf(fails(cut, parts)), { onError });
    expect(response.status).toBe(200);
    const body = await response.text();
    expect(body).not.toMatch(/canary|SOME_KEY/);
    expect(eventsIn(body).at(-1)).toEqual({
      name: "error",
      data: { error: { code: "NETWORK", message: "The model's vendor failed.", retryable: true } },
    });
    expect(onError).toHaveBeenCalledWith(expect.objectContaining({ code: "NETWORK" }));
  });

  it("keep a silent connection open by comments", async () => {
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    const { stream } = standing();
    const response = await toResponse(stream);
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    await reader.read();
    await reader.read();
    const next = reader.read();
    await vi.advanceTimersByTimeAsync(15_000);
    expect(new TextDecoder().decode((await next).value)).toBe(": keep-alive\n\n");
    await reader.cancel();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("plain text", () => {
  it("is the text alone", async () => {
    const response = await toResponse(streamOf(says("Hello.")), { format: "text" });
    expect(response.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect(await response.text()).toBe("Hello.");
  });

  it("breaks off where the answer does: half of it is not taken for the whole", async () => {
    const cut = new DualModeError("NETWORK", "Cut.");
    const stream = streamOf(fails(cut, [{ type: "start" }, { type: "text", text: "a" }]));
    const response = await toResponse(stream, { format: "text" });
    await expect(response.text()).rejects.toThrow();
  });
});

describe("a failure before the first part", () => {
  it.each([
    ["INVALID_REQUEST", 400],
    ["CONTEXT_TOO_LONG", 413],
    ["RATE_LIMITED", 429],
    ["MISSING_CREDENTIALS", 500],
    ["ALL_ROUTES_FAILED", 502],
    ["OVERLOADED", 503],
    ["TIMEOUT", 504],
  ] as const)("has a status: %s is %i", async (code, status) => {
    const onError = vi.fn();
    const error = new DualModeError(code, `No, says ${key}.`, { fix: "Set env:SOME_KEY." });
    const response = await toResponse(throwing(error), { onError });
    expect(response.status).toBe(status);
    const body = await response.text();
    expect(JSON.parse(body)).toMatchObject({ error: { code, message: expect.any(String) } });
    expect(body).not.toMatch(/canary|SOME_KEY/);
    expect(onError).toHaveBeenCalledWith(error);
  });

  it("tells how long to wait", async () => {
    const error = new DualModeError("RATE_LIMITED", "Slow down.", { retryAfter: 1_200 });
    const response = await toResponse(throwing(error));
    expect(response.headers.get("retry-after")).toBe("2");
    expect(await response.json()).toMatchObject({ error: { retryAfter: 1_200, retryable: true } });
  });

  it("is 500 where it is nobody's code, and says nothing of it", async () => {
    const response = await toResponse(throwing(new TypeError("x of undefined at /srv/app")));
    expect(response.status).toBe(500);
    expect(await response.text()).not.toMatch(/undefined|srv/);
  });

  it("keeps the caller's headers but for the type of the answer", async () => {
    const headers = { "access-control-allow-origin": "*", "Content-Type": "text/event-stream" };
    const response = await toResponse(throwing(new Error("no")), { headers });
    expect(response.headers.get("access-control-allow-origin")).toBe("*");
    expect(response.headers.get("content-type")).toBe("application/json");
  });
});

describe("who leaves ends the call", () => {
  it.each(["sse", "text"] as const)("by the body: %s", async (format) => {
    const { stream, left } = standing();
    const response = await toResponse(stream, { format });
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    await reader.read();
    await reader.cancel();
    expect(left.is).toBe(true);
    await expect(stream.reply).rejects.toMatchObject({ code: "ABORTED" });
  });

  it("by the request's signal, before the first part and after it", async () => {
    const early = new AbortController();
    const silent = toResponse(streamOf(hangs()), { signal: early.signal });
    await setTimeout(5);
    early.abort();
    expect((await silent).status).toBe(499);
    const late = new AbortController();
    const { stream, left } = standing();
    const response = await toResponse(stream, { signal: late.signal });
    const body = response.text();
    await setTimeout(5);
    late.abort();
    expect(eventsIn(await body).at(-1)).toMatchObject({ data: { error: { code: "ABORTED" } } });
    expect(left.is).toBe(true);
  });

  // atomantic/PortOS#4256, vercel/next.js#51594: the tab is closed, and the call is paid to its end.
  it("by a connection that is closed, through a real server", async () => {
    const { stream, left } = standing();
    const server = createServer(async (_, outgoing) => {
      const response = await toResponse(stream);
      outgoing.writeHead(response.status, Object.fromEntries(response.headers));
      const body = Readable.fromWeb(response.body as never);
      await pipeline(body, outgoing).catch(() => {});
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const incoming = await new Promise<IncomingMessage>((resolve) =>
      get({ port, host: "127.0.0.1" }, resolve),
    );
    incoming.once("data", () => incoming.destroy());
    incoming.on("error", () => {});
    await vi.waitFor(() => expect(left.is).toBe(true));
    await new Promise((resolve) => server.close(resolve));
  });

  it("and leaves no listener on a signal that lives on", async () => {
    const { signal } = new AbortController();
    const add = vi.spyOn(signal, "addEventListener");
    const remove = vi.spyOn(signal, "removeEventListener");
    await (await toResponse(streamOf(says("ok")), { signal })).text();
    await toResponse(throwing(new Error("no")), { signal });
    expect(remove.mock.calls.length).toBe(add.mock.calls.length);
  });
});

it.each([
  ["an answer", says("ok"), "text/x"],
  ["a refusal", fails(new DualModeError("OVERLOADED", "Busy.")), "application/json"],
])("the caller's headers go over those of %s, however they are spelt", async (_, script, type) => {
  const headers = { "Cache-Control": "private", "Content-Type": "text/x" };
  const response = await toResponse(streamOf(script), { headers });
  expect(response.headers.get("cache-control")).toBe("private");
  expect(response.headers.get("content-type")).toBe(type);
  await response.text();
});
