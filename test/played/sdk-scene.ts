import type { Part, RunContext } from "@acc/dual-mode/provider";
import { describe, expect, it, vi } from "vitest";
import type { Answer, RawRequest } from "../../scripts/loopback-server.ts";
import { plays, type Vendor } from "../../scripts/vendor-answers.ts";
import { failureCases, filteredAnswer, stalls } from "./failure-cases.ts";
import { dummyKey, outcomeOf, runContext } from "./run-context.ts";
import { serve } from "./serve-answer.ts";

/** A run of an SDK mode with some request. */
type Run = (context: RunContext<object>) => AsyncIterable<Part>;

/** What the answers of one vendor are called. */
interface Words {
  readonly id: string;
  /** Why it ended: it was whole, or the filter held it back. */
  readonly stop: string;
  readonly filtered: string;
}

/** What holds of every SDK mode where its vendor answers. */
export function testSdkAnswers(vendor: Vendor, run: Run, { id, stop, filtered }: Words): void {
  describe("an answer", () => {
    it("comes as parts in their order, with model, usage and reason", async () => {
      const server = await serve(plays(vendor, "Hello", " world"));
      const { parts } = await outcomeOf(run(runContext(server.url)));
      expect(parts).toEqual([
        { type: "start", model: "played", id },
        { type: "text", text: "Hello" },
        { type: "text", text: " world" },
        { type: "usage", usage: { inputTokens: 11, outputTokens: 7 } },
        { type: "finish", reason: "stop", vendorReason: stop },
      ]);
    });

    it("that the filter held back ends with that reason", async () => {
      const server = await serve(filteredAnswer(vendor));
      const { parts } = await outcomeOf(run(runContext(server.url)));
      const end = { type: "finish", reason: "content-filter", vendorReason: filtered };
      expect(parts.at(-1)).toEqual(end);
    });
  });
}

/** What a vendor's package would follow, and no route does. */
const stray = {
  claude: {
    ANTHROPIC_API_KEY: "stray-key",
    ANTHROPIC_AUTH_TOKEN: "stray-token",
    ANTHROPIC_BASE_URL: "http://127.0.0.1:9",
    ANTHROPIC_CUSTOM_HEADERS: "x-stray: 1\nauthorization: Bearer stray",
  },
  gemini: {
    GEMINI_API_KEY: "stray-key",
    GOOGLE_API_KEY: "stray-key",
    GOOGLE_GEMINI_BASE_URL: "http://127.0.0.1:9",
    GOOGLE_GENAI_USE_VERTEXAI: "true",
    GOOGLE_CLOUD_PROJECT: "stray",
  },
  groq: {
    GROQ_API_KEY: "stray-key",
    GROQ_BASE_URL: "http://127.0.0.1:9",
    GROQ_CUSTOM_HEADERS: "x-stray: 1\nauthorization: Bearer stray",
  },
} satisfies Partial<Record<Vendor, Record<string, string>>>;

/** The headers and the path of the one request that is sent in an environment that says otherwise. */
export async function askedAstray(
  vendor: keyof typeof stray,
  answer: Answer,
  ask: (context: RunContext<object>) => Promise<unknown>,
): Promise<{ readonly headers: object; readonly path: string }> {
  for (const [name, value] of Object.entries(stray[vendor])) vi.stubEnv(name, value);
  const server = await serve(answer);
  await ask(runContext(server.url));
  expect(server.requests).toHaveLength(1);
  const { headers, path } = server.requests[0] as RawRequest;
  expect(JSON.stringify([headers, path])).not.toContain("stray");
  return { headers, path };
}

/** What holds of every SDK mode where its vendor fails, and where it is told to stop. */
export function testSdkFailures(vendor: Vendor, run: Run): void {
  describe("a failure", () => {
    it.each(failureCases(vendor))("$name is $code", async ({ answer, code, ...rest }) => {
      const unhandled = vi.fn();
      process.on("unhandledRejection", unhandled);
      const server = await serve(answer);
      const { error } = await outcomeOf(run(runContext(server.url)));
      await new Promise((resolve) => setTimeout(resolve, 20));
      process.off("unhandledRejection", unhandled);
      const { status, retryAfter } = rest;
      expect(error).toMatchObject({
        code,
        ...(status && { status }),
        ...(retryAfter && { retryAfter }),
      });
      expect(String(error)).not.toContain(dummyKey);
      expect(server.requests).toHaveLength(1);
      expect(unhandled).not.toHaveBeenCalled();
    });

    it("to have a key is told", async () => {
      const credential = { kind: "none", source: "none" } as const;
      const { error } = await outcomeOf(run(runContext("http://x", { credential })));
      expect(error).toMatchObject({ code: "MISSING_CREDENTIALS" });
    });
  });

  it("stops with the signal's reason, and closes the connection", async () => {
    const { url, closed } = await stalled(vendor);
    const stop = new AbortController();
    const reason = new Error("enough");
    const seen: string[] = [];
    const loop = (async () => {
      for await (const { type } of run(runContext(url, { signal: stop.signal }))) {
        seen.push(type);
        if (type === "text") stop.abort(reason);
      }
    })();
    await expect(loop).rejects.toBe(reason);
    expect(seen.at(-1)).toBe("text");
    await vi.waitFor(() => expect(closed).toHaveBeenCalled(), 15_000);
  });

  it("ends the request when its reader leaves", async () => {
    const { url, closed } = await stalled(vendor);
    for await (const { type } of run(runContext(url))) if (type === "text") break;
    await vi.waitFor(() => expect(closed).toHaveBeenCalled(), 15_000);
  });
}

/** A server that stands still in mid-answer, and whether it was left. */
async function stalled(vendor: Vendor) {
  const closed = vi.fn();
  const stand = stalls(vendor);
  const { url } = await serve((response, received) => {
    response.on("close", closed);
    return stand(response, received);
  });
  return { url, closed };
}
