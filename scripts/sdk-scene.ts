import type { Part, RunContext } from "@acc/dual-mode/provider";
import { describe, expect, it, vi } from "vitest";
import { failureCases, stalls } from "./failure-cases.ts";
import { dummyKey, outcomeOf, runContext } from "./run-context.ts";
import { serve } from "./serve-answer.ts";
import type { Vendor } from "./vendor-answers.ts";

/** A run of an SDK mode with some request. */
type Run = (context: RunContext<object>) => AsyncIterable<Part>;

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
