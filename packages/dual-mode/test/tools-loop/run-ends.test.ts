import { setImmediate, setTimeout } from "node:timers/promises";
import { describe, expect, it, vi } from "vitest";
import { DualModeError } from "../../src/error.ts";
import { runTools } from "../../src/tools-loop/run-tools.ts";
import { fails, hangs, type Script, says } from "../scripted-provider.ts";
import { ask, calls, clock, playing, weather } from "./tools-scene.ts";

/** Something that is told once. */
function signalOf() {
  let tell = (_?: unknown) => {};
  const told = new Promise<unknown>((resolve) => {
    tell = resolve;
  });
  return { told, tell };
}

describe("a run ends", () => {
  const slow = { weather: () => new Promise<string>(() => {}) };

  it("by its caller, though a tool does not listen, and keeps what it had", async () => {
    const { client } = playing([calls(["a", "weather"], ["b", "clock"])]);
    const control = new AbortController();
    const asked = signalOf();
    const tools = {
      ...slow,
      clock: () => {
        asked.tell();
        return "12:00";
      },
    };
    const run = runTools(client, ask("?", [weather, clock]), { tools, signal: control.signal });
    const failed = expect(run.reply).rejects.toMatchObject({
      code: "ABORTED",
      attempts: [{ mode: "sdk" }],
    });
    await asked.told;
    await setImmediate();
    control.abort(new Error("Enough."));
    await failed;
    expect(run.messages).toMatchObject([
      { role: "user" },
      { role: "assistant" },
      { role: "tool", toolCallId: "b", content: "12:00" },
    ]);
  });

  it("tells its tools so", async () => {
    const { client } = playing([calls(["a", "weather"])]);
    const control = new AbortController();
    const heard = signalOf();
    const tools = {
      weather: (_: unknown, { signal }: { signal: AbortSignal }) => {
        signal.addEventListener("abort", () => heard.tell(signal.reason));
        control.abort();
        return new Promise(() => {});
      },
    };
    const run = runTools(client, ask("?"), { tools, signal: control.signal });
    await expect(run.reply).rejects.toMatchObject({ code: "ABORTED" });
    expect(await heard.told).toMatchObject({ code: "ABORTED" });
  });

  it("before it begins, where the signal is aborted already", async () => {
    const { client, ran } = playing([says("ok")]);
    const run = runTools(client, ask("?"), { tools: slow, signal: AbortSignal.abort() });
    await expect(run.reply).rejects.toMatchObject({ code: "ABORTED" });
    expect(ran).toEqual([]);
  });

  it.each([30, { total: 30 }])("by its time, its tools' among it: timeout %j", async (timeout) => {
    const { client } = playing([calls(["a", "weather"])]);
    const run = runTools(client, ask("?"), { tools: slow, timeout });
    await expect(run.reply).rejects.toMatchObject({ code: "DEADLINE_EXCEEDED" });
  });

  it("when its loop is left, in the midst of an answer or of a tool", async () => {
    const left = signalOf();
    const waits: Script = async function* (request, context) {
      context.signal.addEventListener("abort", () => left.tell());
      yield* hangs([{ type: "start" }, { type: "text", text: "a" }])(request, context);
    };
    const { client } = playing([waits]);
    for await (const part of runTools(client, ask("?"), { tools: slow })) {
      if (part.type === "text") break;
    }
    await left.told;
    const second = playing([calls(["a", "weather"])]);
    const heard = vi.fn();
    const tools = {
      weather: (_: unknown, { signal }: { signal: AbortSignal }) => {
        signal.addEventListener("abort", heard);
        return new Promise(() => {});
      },
    };
    const run = runTools(second.client, ask("?"), { tools })[Symbol.asyncIterator]();
    for (;;) if ((await run.next()).value?.type === "step") break;
    void run.next().catch(() => {});
    await setTimeout(5);
    await run.return?.();
    expect(heard).toHaveBeenCalled();
  });

  it("with the failure of a step, which tells what came before it, and can be gone on from", async () => {
    const { client } = playing([
      calls(["a", "weather"]),
      fails(new DualModeError("INVALID_REQUEST", "Too odd.")),
      says("Cold."),
    ]);
    const tool = vi.fn(() => "-4");
    const run = runTools(client, ask("?"), { tools: { weather: tool } });
    await expect(run.reply).rejects.toMatchObject({
      code: "INVALID_REQUEST",
      attempts: [{ model: "model-1" }, { code: "INVALID_REQUEST" }],
    });
    const rest = { messages: run.messages, tools: [weather] };
    const again = runTools(client, rest, { tools: { weather: tool } });
    expect((await again.reply).text).toBe("Cold.");
    expect(tool).toHaveBeenCalledTimes(1);
  });
});
