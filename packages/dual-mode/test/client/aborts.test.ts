import { afterEach, describe, expect, it, vi } from "vitest";
import { DualModeError } from "../../src/error.ts";
import { fails, hangs, type Script, says, scripted } from "../scripted-provider.ts";
import { start } from "./pieces.ts";

afterEach(() => {
  vi.useRealTimers();
});

describe("an abort", () => {
  it("before the call asks nobody; after it changes nothing", async () => {
    const { client, ran } = scripted({ sdk: { scripts: [says("ok")] } });
    await expect(client.chat("hi", { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: "ABORTED",
    });
    expect(ran).toEqual([]);
    const abort = new AbortController();
    const reply = await client.chat("hi", { signal: abort.signal });
    abort.abort();
    expect(reply.text).toBe("ok");
  });

  it("while the call waits before a second attempt ends it at once", async () => {
    vi.spyOn(Math, "random").mockReturnValue(0.999);
    const busy = new DualModeError("OVERLOADED", "Busy.");
    const abort = new AbortController();
    let abortedAt = 0;
    const stop = () => {
      abortedAt = performance.now();
      abort.abort();
    };
    const { client } = scripted(
      { sdk: { scripts: [fails(busy)] } },
      { retry: 9, onEvent: ({ type }) => type === "attempt-end" && setTimeout(stop, 20) },
    );
    await expect(client.chat("hi", { signal: abort.signal })).rejects.toMatchObject({
      code: "ABORTED",
      attempts: [{ code: "OVERLOADED" }],
    });
    expect(performance.now() - abortedAt).toBeLessThan(450);
  });

  it("reaches the mode", async () => {
    let reason: unknown;
    const abort = new AbortController();
    const listens: Script = async function* (request, context) {
      setTimeout(() => abort.abort(), 20);
      context.signal.addEventListener("abort", () => {
        reason = context.signal.reason;
      });
      yield* hangs([start])(request, context);
    };
    const { client } = scripted({ sdk: { scripts: [listens] } });
    await expect(client.chat("hi", { signal: abort.signal })).rejects.toThrow();
    expect(reason).toMatchObject({ code: "ABORTED" });
  });
});
