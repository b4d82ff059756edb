import { DualModeError, type RunContext } from "@acc/dual-mode/provider";
import { describe, expect, it, vi } from "vitest";
import type { Answer } from "../../scripts/loopback-server.ts";
import type { Vendor } from "../../scripts/vendor-answers.ts";
import { listingFailures } from "./listing-cases.ts";
import { runContext } from "./run-context.ts";
import { serve } from "./serve-answer.ts";

type ListModels = (context: RunContext<object>) => Promise<readonly string[]>;

/** What holds of every vendor's list of models where it fails; `console` is where its keys are made. */
export function testListingFailures(vendor: Vendor, listModels: ListModels, console: string): void {
  const failures = listingFailures(vendor);

  describe("a failure", () => {
    it.each(failures)("$name is $code", async ({ answer, code, ...rest }) => {
      const server = await serve(answer);
      const { status, retryAfter } = rest;
      await expect(listModels(runContext(server.url))).rejects.toMatchObject({
        code,
        ...(status !== undefined && { status }),
        ...(retryAfter !== undefined && { retryAfter }),
      });
      expect(server.requests).toHaveLength(1);
    });

    it("of the key says where to look", async () => {
      const refused = failures.find(({ name }) => name === "bad key");
      const server = await serve(refused?.answer as Answer);
      await expect(listModels(runContext(server.url))).rejects.toMatchObject({
        fix: expect.stringContaining(console),
      });
    });

    it("comes before any request where there is no key", async () => {
      const credential = { kind: "none", source: "none" } as const;
      const asked = listModels(runContext("http://127.0.0.1:9", { credential }));
      await expect(asked).rejects.toMatchObject({ code: "MISSING_CREDENTIALS" });
    });
  });

  it("stops when it is told to, for the reason that was given", async () => {
    const server = await serve(() => {});
    const abort = new AbortController();
    const asked = listModels(runContext(server.url, { signal: abort.signal }));
    const reason = new DualModeError("ABORTED", "It is enough.");
    const ended = expect(asked).rejects.toBe(reason);
    await vi.waitFor(() => expect(server.requests).toHaveLength(1), 15_000);
    abort.abort(reason);
    await ended;
  });
}
