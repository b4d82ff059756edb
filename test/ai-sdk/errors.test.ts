import { createServer } from "node:net";
import { createClaude } from "@acc/claude";
import { chain, DualModeError } from "@acc/dual-mode";
import { createGroq } from "@acc/groq";
import { describe, expect, it, vi } from "vitest";
import { refuses } from "../../scripts/vendor-answers.ts";
import { failureOf, limited, modelsOf, overloaded } from "./errors-scene.ts";
import { sdkAt, serve } from "./stage.ts";
import { versions } from "./versions.ts";

describe.each(versions)("with $name", ({ ai, createAcc }) => {
  const modelAt = modelsOf(createAcc);

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
