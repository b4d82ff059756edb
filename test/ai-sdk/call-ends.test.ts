import { describe, expect, it, vi } from "vitest";
import { plays } from "../../scripts/vendor-answers.ts";
import { failureOf, halts, modelsOf } from "./errors-scene.ts";
import { collect } from "./stage.ts";
import { versions } from "./versions.ts";

describe.each(versions)("with $name", ({ ai, createAcc }) => {
  const modelAt = modelsOf(createAcc);

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
});
