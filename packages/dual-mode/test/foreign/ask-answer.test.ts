import { describe, expect, it, vi } from "vitest";
import type { Part } from "../../src/contract/part.ts";
import { askAnswer } from "../../src/foreign/ask-answer.ts";

const start: Part = { type: "start" };

async function* given(): AsyncGenerator<Part> {
  yield start;
}

async function* broken(): AsyncGenerator<Part> {
  yield start;
  throw new RangeError("broken");
}

describe("an answer that is yet to be asked for", () => {
  it("is asked for once, when its first part is wanted", async () => {
    const ask = vi.fn(given);
    const end = vi.fn();
    const parts = askAnswer({ ask, end });
    expect(ask).not.toHaveBeenCalled();
    const all: Part[] = [];
    for await (const part of parts) all.push(part);
    expect(all).toEqual([start]);
    expect(ask).toHaveBeenCalledOnce();
    expect(end).toHaveBeenCalledOnce();
  });

  it.each([
    ["in asking", () => Promise.reject(new RangeError("broken"))],
    ["in reading", broken],
  ])("fails as the mode says, %s", async (_, ask) => {
    const end = vi.fn();
    const failure = async (thrown: unknown) => new Error("ours", { cause: thrown });
    const read = async () => {
      for await (const _part of askAnswer({ ask, failure, end }));
    };
    await expect(read()).rejects.toMatchObject({ message: "ours", cause: expect.any(RangeError) });
    expect(end).toHaveBeenCalledOnce();
  });

  it("throws what was thrown where the mode says nothing", async () => {
    await expect(askAnswer({ ask: () => Promise.reject("no") }).next()).rejects.toBe("no");
  });

  it("is not asked for where it is left before", async () => {
    const ask = vi.fn(given);
    const end = vi.fn();
    const parts = askAnswer({ ask, end });
    await parts.return?.();
    expect(await parts.next()).toEqual({ done: true, value: undefined });
    expect(ask).not.toHaveBeenCalled();
    expect(end).toHaveBeenCalledOnce();
  });

  it("is left where its reader left while it was asked for", async () => {
    const answer = given();
    const left = vi.spyOn(answer, "return");
    const asked = Promise.resolve(answer);
    const parts = askAnswer({ ask: () => asked });
    const first = parts.next();
    await parts.return?.();
    expect(await first).toEqual({ done: true, value: undefined });
    expect(left).toHaveBeenCalled();
  });
});
