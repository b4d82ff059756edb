import { randomUUID } from "node:crypto";
import { createClaude } from "@acc/claude";
import { describe, expect, it, vi } from "vitest";
import { plays } from "../../scripts/vendor-answers.ts";
import { inTurn } from "./claude-answers.ts";
import { failureOf, limited, modelsOf, overloaded, overloadedSoonOver } from "./errors-scene.ts";
import { sdkAt, serve } from "./stage.ts";
import { type Model, versions } from "./versions.ts";

describe.each(versions)("with $name", ({ ai, createAcc }) => {
  const modelAt = modelsOf(createAcc);

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
});
