import { randomUUID } from "node:crypto";
import { createServer } from "node:net";
import { createClaude } from "@acc/claude";
import { type ClientOptions, chain, DualModeError } from "@acc/dual-mode";
import { createGroq } from "@acc/groq";
import { describe, expect, it, vi } from "vitest";
import type { Answer } from "../../scripts/loopback-server.ts";
import { openStream, plays, refuses } from "../../scripts/vendor-answers.ts";
import { claudeEvents, inTurn } from "./claude-answers.ts";
import { collect, sdkAt, serve } from "./stage.ts";
import { type Model, versions } from "./versions.ts";

const overloaded = refuses("claude", 529, { type: "overloaded_error", message: "Overloaded" });
const overloadedSoonOver = refuses("claude", 529, { message: "Wait" }, { "retry-after-ms": "20" });
const limited = (headers: Readonly<Record<string, string>> = {}) =>
  refuses("claude", 429, { type: "rate_limit_error", message: "Slow down" }, headers);

/** Answers as far as the second piece of text, and then nothing more, or the end of the line. */
const halts =
  (cut: boolean): Answer =>
  (response) => {
    openStream(response);
    response.write(
      claudeEvents([{ text: "Half of it all." }])
        .slice(0, 4)
        .join(""),
    );
    if (cut) setTimeout(() => response.destroy(), 20);
  };

describe.each(versions)("with $name", ({ ai, createAcc }) => {
  async function modelAt(answer: Answer, options: ClientOptions = {}) {
    const server = await serve(answer);
    const client = createClaude({ ...sdkAt(server), ...options });
    return { server, model: createAcc({ claude: client })("claude") };
  }

  const failureOf = async (call: () => PromiseLike<unknown>): Promise<Record<string, unknown>> =>
    Promise.resolve(call()).then(
      () => expect.unreachable("It did not fail."),
      (error) => error,
    );

  it.each([{ "retry-after-ms": "100" }, { "retry-after": "3600" }])(
    "asks as often as the engine alone where a limit is told: %j",
    async (headers) => {
      const { server, model } = await modelAt(limited(headers), { apiKey: randomUUID() });
      const error = await failureOf(() =>
        ai.generateText({ model, prompt: "Hi", providerOptions: { acc: { timeout: 5_000 } } }),
      );
      expect(error).toMatchObject({ name: "AI_APICallError", statusCode: 429, isRetryable: false });
      const { attempts } = error.data as { attempts: { ms: number }[] };
      expect(server.requests).toHaveLength(attempts.filter(({ ms }) => ms > 0).length);
    },
  );

  it("makes as many requests of a server that is down as the engine alone", async () => {
    const { server, model } = await modelAt(overloaded);
    for (const call of [
      () => ai.generateText({ model, prompt: "Hi" }),
      () => ai.streamText({ model, prompt: "Hello", onError: () => {} }).text,
    ]) {
      server.requests.length = 0;
      await failureOf(call);
      expect(server.requests).toHaveLength(3);
    }
  });

  it("asks once where the app would not wait for a limit", async () => {
    const providerOptions = { acc: { waitForLimits: false } };
    for (const call of [
      (model: Model) => ai.generateText({ model, prompt: "Hi", providerOptions }),
      (model: Model) =>
        ai.streamText({ model, prompt: "Hi", providerOptions, onError: () => {} }).text,
    ]) {
      const { server, model } = await modelAt(limited());
      await failureOf(() => call(model));
      expect(server.requests).toHaveLength(1);
    }
  });

  it("says what the vendor said, by the AI SDK's own error", async () => {
    const { model } = await modelAt(
      refuses(
        "claude",
        400,
        { type: "invalid_request_error", message: "no such thing" },
        {
          "request-id": "req_1",
        },
      ),
    );
    const error = await failureOf(() => ai.generateText({ model, prompt: "Hi" }));
    expect(ai.APICallError.isInstance(error)).toBe(true);
    expect(error).toMatchObject({
      name: "AI_APICallError",
      statusCode: 400,
      isRetryable: false,
      responseHeaders: { "x-request-id": "req_1" },
      data: { code: "INVALID_REQUEST" },
    });
    expect(error.message).toContain("no such thing");
    expect(DualModeError.is(error.cause)).toBe(true);
  });

  it("rejects where a stream fails before its first content", async () => {
    const { model } = await modelAt(overloaded, { retry: 0 });
    const error = await failureOf(() =>
      model.doStream({ prompt: [{ role: "user", content: [{ type: "text", text: "Hi" }] }] }),
    );
    expect(error).toMatchObject({ name: "AI_APICallError", statusCode: 529 });
  });

  it("leaves the repeats to the AI SDK where the client makes none", async () => {
    const { server, model } = await modelAt(
      inTurn(overloadedSoonOver, overloadedSoonOver, plays("claude", "ok")),
      { retry: 0 },
    );
    const { text } = await ai.generateText({ model, prompt: "Hi" });
    expect(text).toBe("ok");
    expect(server.requests).toHaveLength(3);
  });

  it("leaves them to it too where another route could not be begun", async () => {
    for (const name of ["PATH", "HOME"]) vi.stubEnv(name, "");
    const server = await serve(
      inTurn(overloadedSoonOver, overloadedSoonOver, plays("claude", "ok")),
    );
    const { only: _, ...anyRoute } = sdkAt(server);
    const claude = createClaude({ ...anyRoute, retry: 0 });
    const { text } = await ai.generateText({
      model: createAcc({ claude })("claude"),
      prompt: "Hi",
    });
    expect(text).toBe("ok");
    expect(server.requests).toHaveLength(3);
  });

  it("has the wait that the vendor named", async () => {
    const { model } = await modelAt(limited({ "retry-after": "120" }));
    const error = await failureOf(() =>
      ai.generateText({ model, prompt: "Hi", providerOptions: { acc: { timeout: 5_000 } } }),
    );
    expect(error).toMatchObject({
      statusCode: 429,
      isRetryable: false,
      responseHeaders: { "retry-after": "120", "retry-after-ms": "120000" },
    });
  });

  it("says that a key is missing", async () => {
    for (const name of ["ANTHROPIC_API_KEY", "PATH", "HOME"]) vi.stubEnv(name, "");
    const claude = createClaude({ secrets: false, cache: false, baseUrl: "http://127.0.0.1:1" });
    const error = await failureOf(() =>
      ai.generateText({ model: createAcc({ claude })("claude"), prompt: "Hi" }),
    );
    expect(ai.LoadAPIKeyError.isInstance(error)).toBe(true);
    expect(error.message).toContain("ANTHROPIC_API_KEY");
  });

  it("tells of a stream that was cut in its midst, behind what came", async () => {
    const { model } = await modelAt(halts(true));
    const errors: unknown[] = [];
    const result = ai.streamText({
      model,
      prompt: "Hi",
      onError: ({ error }) => {
        errors.push(error);
      },
    });
    const parts = await collect(result.fullStream);
    const text = parts.flatMap((part) => (part.type === "text-delta" ? [part.text] : [])).join("");
    expect(text).toMatch(/^Half /);
    expect(errors).toMatchObject([{ name: "AI_APICallError", data: { code: "NETWORK" } }]);
    expect(await result.finishReason).toBe("error");
  });

  it("ends an aborted call by the abort, before it and in its midst", async () => {
    const { server, model } = await modelAt(plays("claude", "ok"));
    const error = await failureOf(() =>
      ai.generateText({ model, prompt: "Hi", abortSignal: AbortSignal.abort() }),
    );
    expect(error.name).toBe("AbortError");
    expect(server.requests).toHaveLength(0);
  });

  it.each(["generate", "stream"])("closes the connection of an aborted %s", async (how) => {
    let closed = false;
    const control = new AbortController();
    const { signal: abortSignal } = control;
    const { model } = await modelAt((response, request) => {
      response.on("close", () => {
        closed = true;
      });
      setTimeout(() => control.abort(), 50);
      return halts(false)(response, request);
    });
    if (how === "generate") {
      const error = await failureOf(() => ai.generateText({ model, prompt: "Hi", abortSignal }));
      expect(error.name).toBe("AbortError");
    } else {
      let aborted = false;
      const onAbort = () => {
        aborted = true;
      };
      const result = ai.streamText({ model, prompt: "Hi", abortSignal, onAbort });
      const parts = await collect(result.fullStream);
      expect(parts.at(-1)?.type).toBe("abort");
      expect(aborted).toBe(true);
    }
    await vi.waitFor(() => expect(closed).toBe(true));
  });

  it("closes the connection of a stream that is cancelled", async () => {
    let closed = false;
    const { model } = await modelAt((response, request) => {
      response.on("close", () => {
        closed = true;
      });
      return halts(false)(response, request);
    });
    const { stream } = await model.doStream({
      prompt: [{ role: "user", content: [{ type: "text", text: "Hi" }] }],
    });
    await stream.cancel();
    await vi.waitFor(() => expect(closed).toBe(true));
  });

  it("ends by the call's own time, once", async () => {
    const { server, model } = await modelAt(halts(false));
    const error = await failureOf(() =>
      ai.generateText({ model, prompt: "Hi", providerOptions: { acc: { timeout: 1_500 } } }),
    );
    expect(error).toMatchObject({ isRetryable: false, data: { code: "DEADLINE_EXCEEDED" } });
    // On a busy machine the time is over before the SDK is loaded.
    expect(server.requests.length).toBeLessThanOrEqual(1);
  });

  it("tells how each provider of a chain failed", async () => {
    const claude = createClaude({ ...sdkAt(await serve(overloaded)), retry: 0 });
    const down = await closedPort();
    const groq = createGroq({ ...sdkAt({ url: down }), retry: 0 });
    const best = createAcc({ best: chain([claude, groq]) })("best");
    const error = await failureOf(() => ai.generateText({ model: best, prompt: "Hi" }));
    expect(error).toMatchObject({
      name: "AI_APICallError",
      statusCode: 529,
      isRetryable: false,
      data: { attempts: [{ code: "OVERLOADED" }, { code: "NETWORK" }] },
    });
  });

  it("says which client there is not", () => {
    const acc = createAcc({ claude: createClaude() });
    expect(() => acc("gpt-9")).toThrow(/No such languageModel: gpt-9\. Clients are "claude"/);
  });
});

/** The address of a port of loopback on which nobody listens. */
async function closedPort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return `http://127.0.0.1:${port}`;
}
