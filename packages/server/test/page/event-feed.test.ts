import { expect, it, vi } from "vitest";
import { CallLog } from "../../src/page/call-log.ts";
import { eventFeed, type FeedReader } from "../../src/page/event-feed.ts";
import { Minutes } from "../../src/page/minutes.ts";
import { aCall } from "./page-server.ts";

const everyone: FeedReader = { shown: (event) => event, isIn: async () => true };

function feed(reader = everyone) {
  const calls = new CallLog(10);
  const minutes = new Minutes();
  const ending = new AbortController();
  const add = (id: string) => {
    const call = aCall({ id });
    calls.add({ call, minute: minutes.add(call) });
  };
  return { add, ending, stream: eventFeed(calls, ending.signal, reader) };
}

async function textOf(stream: ReadableStream<Uint8Array>): Promise<string> {
  return new Response(stream).text();
}

it("tells of calls as they end", async () => {
  const { add, ending, stream } = feed();
  add("one");
  add("two");
  ending.abort();
  const events = (await textOf(stream)).split("\n\n").filter((event) => event.startsWith("event"));
  expect(events).toHaveLength(2);
  expect(events[1]).toMatch(/^event: call\ndata: \{"call":\{"id":"two",.*"minute":\{"minute":\d+,/);
});

it("holds a bounded number for a reader that is slow, and tells it that it missed some", async () => {
  const { add, ending, stream } = feed();
  for (let index = 0; index < 10_000; index++) add(`call-${index}`);
  const reader = stream.getReader();
  let text = "";
  for (let index = 0; index < 65; index++) {
    text += new TextDecoder().decode((await reader.read()).value);
  }
  expect(text.match(/event: call/g)?.length).toBe(63);
  expect(text).toContain("event: missed\ndata: {}\n\n");
  reader.releaseLock();
  ending.abort();
});

it("hears of nothing more once its reader has left", async () => {
  const { add, stream } = feed();
  await stream.cancel();
  expect(() => add("one")).not.toThrow();
});

it("ends at once for who left before it began", async () => {
  const { ending } = feed();
  ending.abort();
  expect(await textOf(eventFeed(new CallLog(1), ending.signal, everyone))).toBe(": open\n\n");
});

it("ends at the next sign of life for who may not read it any more", async () => {
  vi.useFakeTimers();
  try {
    const { stream } = feed({ ...everyone, isIn: async () => false });
    const text = textOf(stream);
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await text).toBe(": open\n\n");
  } finally {
    vi.useRealTimers();
  }
});
