import { createAcc } from "@acc/ai-sdk";
import type { ClientOptions } from "@acc/dual-mode";
import { APICallError, generateText, streamText } from "ai";
import { describe, expect, it, vi } from "vitest";
import type { Answer } from "../../scripts/loopback-server.ts";
import { refuses } from "../../scripts/vendor-answers.ts";
import { stalls } from "../../test/played/failure-cases.ts";
import { callsIn } from "./received.ts";
import { Scene } from "./scene.ts";
import { newestClis } from "./targets.ts";

const scene = new Scene();
const prompt = "Hello";
const hangs: Answer = () => {};
const patience = { timeout: 30_000 };
const onError = () => {};
const overloaded = { type: "overloaded_error", message: "Overloaded" };

describe.each(newestClis)("$name, a model of the AI SDK", (target) => {
  const { vendor } = target;
  const modelAt = async (answer: Answer, options: ClientOptions = {}) => {
    const closed = vi.fn();
    const server = await scene.serve((response, request) => {
      if (request.method !== "POST") return void response.end();
      response.on("close", closed);
      return answer(response, request);
    });
    const client = scene.open(target, server.url, options);
    return { server, closed, model: createAcc({ mine: client })("mine") };
  };
  const failure = async (call: PromiseLike<unknown>) => {
    const outcome = await Promise.resolve(call).catch((error: unknown) => error);
    if (!(outcome instanceof Error)) throw new Error("It did not fail.", { cause: outcome });
    return outcome;
  };

  it("aborted before it begins asks nothing", async () => {
    const { model, server } = await modelAt(stalls(vendor));
    const error = await failure(generateText({ model, prompt, abortSignal: AbortSignal.abort() }));
    expect(error.name).toBe("AbortError");
    expect(server.requests).toEqual([]);
  });

  it("aborted before the first content ends the request and the process", async () => {
    const { model, server, closed } = await modelAt(hangs);
    const stop = new AbortController();
    const ended = failure(generateText({ model, prompt, abortSignal: stop.signal }));
    await vi.waitFor(() => expect(callsIn(server.requests)).toHaveLength(1), patience);
    expect(scene.processes()).not.toEqual([]);
    stop.abort();
    expect((await ended).name).toBe("AbortError");
    await vi.waitFor(() => expect(scene.processes()).toEqual([]), patience);
    await vi.waitFor(() => expect(closed).toHaveBeenCalled());
  });

  it("aborted in mid-answer ends the request and the process", async () => {
    const { model, closed } = await modelAt(stalls(vendor));
    const stop = new AbortController();
    const types: string[] = [];
    const result = streamText({ model, prompt, abortSignal: stop.signal, onError });
    for await (const part of result.fullStream) {
      types.push(part.type);
      if (part.type !== "text-delta") continue;
      expect(scene.processes()).not.toEqual([]);
      stop.abort();
    }
    expect(types.at(-1)).toBe("abort");
    await vi.waitFor(() => expect(scene.processes()).toEqual([]), patience);
    await vi.waitFor(() => expect(closed).toHaveBeenCalled());
  });

  it("out of time in mid-answer shows what came, and the error", async () => {
    const { model } = await modelAt(stalls(vendor));
    const providerOptions = { acc: { timeout: { idle: 1500 } } };
    const result = streamText({ model, prompt, providerOptions, onError });
    const shown: string[] = [];
    const errors: unknown[] = [];
    for await (const part of result.fullStream) {
      if (part.type === "text-delta") shown.push(part.text);
      if (part.type === "error") errors.push(part.error);
    }
    expect(shown.join("")).toBe("Half an ");
    expect(errors).toMatchObject([{ name: "AI_APICallError", data: { code: "TIMEOUT" } }]);
    expect(scene.processes()).toEqual([]);
  });

  it("out of time altogether fails, and is not asked again", async () => {
    scene.requestsPerAttempt = [0, 1];
    const { model } = await modelAt(hangs);
    const providerOptions = { acc: { timeout: 2500 } };
    const error = await failure(generateText({ model, prompt, providerOptions }));
    expect(error).toMatchObject({ data: { code: "DEADLINE_EXCEEDED" }, isRetryable: false });
    expect(scene.processes()).toEqual([]);
  });

  it("refused for its rate fails with the status, asked once", async () => {
    const limited = refuses(vendor, 429, { type: "rate_limit_error", message: "Slow down." });
    const { model, server } = await modelAt(limited);
    const providerOptions = { acc: { waitForLimits: false } };
    const error = await failure(generateText({ model, prompt, providerOptions }));
    expect(APICallError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({ statusCode: 429, data: { code: "RATE_LIMITED" } });
    expect(callsIn(server.requests)).toHaveLength(1);
  });

  it("overloaded is asked as often as the engine alone would", async () => {
    const status = vendor === "claude" ? 529 : 503;
    const { model, server } = await modelAt(refuses(vendor, status, overloaded), { retry: 1 });
    const error = await failure(generateText({ model, prompt }));
    expect(error).toMatchObject({ name: "AI_APICallError", isRetryable: false });
    expect(error).toMatchObject({ data: { code: "OVERLOADED" } });
    expect(callsIn(server.requests)).toHaveLength(2);
  });
});
