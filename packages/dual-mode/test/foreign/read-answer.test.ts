import { describe, expect, it, vi } from "vitest";
import type { Part } from "../../src/contract/part.ts";
import { DualModeError } from "../../src/error.ts";
import { type AnswerReader, readAnswer } from "../../src/foreign/read-answer.ts";
import type { ServerSentEvent } from "../../src/http/event-lines.ts";
import { readServerSentEvents } from "../../src/http/server-sent-events.ts";

/** Says each event's data; "bad" cannot be read, and "end" is the end. */
class Says implements AnswerReader<ServerSentEvent> {
  patience: number | undefined;

  *read({ data }: ServerSentEvent): Generator<Part> {
    if (data.startsWith("bad")) throw new DualModeError("INVALID_OUTPUT", data);
    if (data === "end") this.patience = 50;
    else yield { type: "text", text: data };
  }

  *end(): Generator<Part> {
    if (this.patience === undefined) throw new DualModeError("NETWORK", "cut");
    yield { type: "finish", reason: "stop" };
  }
}

const pieces = (...data: readonly string[]) => data.map((each) => `data: ${each}\n\n`).join("");

function bodyOf(chunks: readonly string[], onCancel = () => {}): ReadableStream<Uint8Array> {
  const left = [...chunks];
  return new ReadableStream(
    {
      pull(controller) {
        const chunk = left.shift();
        if (chunk !== undefined) controller.enqueue(new TextEncoder().encode(chunk));
      },
      cancel: onCancel,
    },
    { highWaterMark: 0 },
  );
}

const read = (chunks: readonly string[], onCancel?: () => void) =>
  readAnswer(readServerSentEvents(bodyOf(chunks, onCancel)), new Says());

const text = (said: string) => ({ type: "text", text: said });

describe("the parts of an answer", () => {
  it("that came together are at hand, and no others", async () => {
    const parts = read([pieces("a", "b", "c"), pieces("d")]);
    expect(parts.atHand()).toBeUndefined();
    expect(await parts.next()).toEqual({ done: false, value: text("a") });
    expect([parts.atHand(), parts.atHand(), parts.atHand()]).toEqual([
      text("b"),
      text("c"),
      undefined,
    ]);
    expect(await parts.next()).toEqual({ done: false, value: text("d") });
    await parts.return?.();
  });

  it("before an event that cannot be read are given, and then it is told", async () => {
    const left = vi.fn();
    const parts = read([pieces("a", "b", "bad", "c")], left);
    expect(await parts.next()).toMatchObject({ value: text("a") });
    expect(parts.atHand()).toEqual(text("b"));
    expect(parts.atHand()).toBeUndefined();
    await expect(parts.next()).rejects.toMatchObject({ code: "INVALID_OUTPUT" });
    expect(left).toHaveBeenCalledOnce();
    expect(await parts.next()).toEqual({ done: true, value: undefined });
  });

  it("end where it is told, though the connection stays open", async () => {
    const left = vi.fn();
    const all: Part[] = [];
    for await (const part of read([pieces("a", "end")], left)) all.push(part);
    expect(all).toEqual([text("a"), { type: "finish", reason: "stop" }]);
    expect(left).toHaveBeenCalledOnce();
  });

  it("are left at once, also while the next ones are waited for", async () => {
    const left = vi.fn();
    const parts = read([pieces("a")], left);
    await parts.next();
    const waiting = parts.next();
    await parts.return?.();
    expect(left).toHaveBeenCalledOnce();
    expect(await waiting).toEqual({ done: true, value: undefined });
  });
});
