import { describe, expect, test } from "vitest";
import type { ServerSentEvent } from "../../src/http/event-lines.ts";
import { readServerSentEvents } from "../../src/http/server-sent-events.ts";

async function* chunksOf(text: string, size: number) {
  const bytes = new TextEncoder().encode(text);
  for (let start = 0; start < bytes.length; start += size) {
    yield bytes.slice(start, start + size);
  }
}

async function read(body: AsyncIterable<Uint8Array>): Promise<ServerSentEvent[]> {
  const events: ServerSentEvent[] = [];
  for await (const event of readServerSentEvents(body)) {
    events.push(event);
  }
  return events;
}

describe.each([1, 2, 3, 7, 10_000])("in chunks of %i bytes", (size) => {
  test.each([
    ["one line", "data: a\n\n", [{ data: "a" }]],
    ["no space", "data:a\n\n", [{ data: "a" }]],
    ["one space alone is taken off", "data:  a\n\n", [{ data: " a" }]],
    ["several lines", "data: a\ndata: b\n\n", [{ data: "a\nb" }]],
    [
      "a name",
      "event: ping\ndata: a\n\ndata: b\n\n",
      [{ event: "ping", data: "a" }, { data: "b" }],
    ],
    ["CRLF", "data: a\r\ndata: b\r\n\r\ndata: c\r\n\r\n", [{ data: "a\nb" }, { data: "c" }]],
    ["CR", "data: a\rdata: b\r\rdata: c\r\r", [{ data: "a\nb" }, { data: "c" }]],
    ["mixed ends", "data: a\r\n\ndata: b\n\r\n", [{ data: "a" }, { data: "b" }]],
    ["a comment", ": hello\ndata: a\n:\n\n", [{ data: "a" }]],
    ["a BOM", "\uFEFFdata: a\n\n", [{ data: "a" }]],
    ["other fields", "id: 1\nretry: 5\nfoo: bar\ndata: a\n\n", [{ data: "a" }]],
    ["empty data", "data\n\ndata:\ndata:\n\n", [{ data: "" }, { data: "\n" }]],
    ["a name without data is no event", "event: a\n\ndata: b\n\n", [{ data: "b" }]],
    [
      "a last event without its blank line",
      "data: a\n\ndata: b\n",
      [{ data: "a" }, { data: "b", cut: true }],
    ],
    [
      "a last line without its end",
      "data: a\n\ndata: b",
      [{ data: "a" }, { data: "b", cut: true }],
    ],
    [
      "no blank line between two objects (rexxars/eventsource-parser#31)",
      'data: {"a":1}\ndata: {"b":2}\ndata: [DONE]\n\n',
      [{ data: '{"a":1}' }, { data: '{"b":2}' }, { data: "[DONE]" }],
    ],
    [
      "an object over several lines (profullstack/sh1pt#705)",
      'data: {"a":{}\ndata: ,"b":[\ndata: {}]}\n\n',
      [{ data: '{"a":{}\n,"b":[\n{}]}' }],
    ],
    ["a last name alone", "data: a\n\nevent: end", [{ data: "a" }]],
    [
      "a comment right before data",
      "data: a\n\n: hi\r\ndata: b\r\n\r\n",
      [{ data: "a" }, { data: "b" }],
    ],
    [
      "characters of several bytes",
      'data: {"t":"grüße 👋🏽"}\n\n',
      [{ data: '{"t":"grüße 👋🏽"}' }],
    ],
    ["nothing", "", []],
  ])("%s", async (_, text, events) => {
    expect(await read(chunksOf(text, size))).toEqual(events);
  });
});

test("an endless event is OUTPUT_TOO_LARGE, in one line or in many", async () => {
  async function* endless(line: string) {
    for (;;) yield new TextEncoder().encode(line.repeat(10_000));
  }
  const tooLarge = { code: "OUTPUT_TOO_LARGE" };
  await expect(read(endless("no line end "))).rejects.toMatchObject(tooLarge);
  await expect(read(endless("data: many lines\n"))).rejects.toMatchObject(tooLarge);
});

test.each(["Blocked by policy", "No: not from here\nAsk your admin\n", "ping\n\n"])(
  "a body of words alone, %j, is told with its first line",
  async (body) => {
    const failure = await read(chunksOf(body, 3)).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: "INVALID_OUTPUT",
      message: expect.stringContaining(body.split("\n")[0] ?? ""),
    });
  },
);

test("words before a stream, or beside its comments, change nothing", async () => {
  expect(await read(chunksOf("Hello\ndata: a\n\n", 100))).toEqual([{ data: "a" }]);
  expect(await read(chunksOf("Hello\n: comment\n\n", 100))).toEqual([]);
});

// openclaw#84697, JuiceBoxxGames/utsuwa#67: a base URL without its version leads to a web site.
test.each(["<!doctype html><html></html>", "\n <html lang='en'>"])(
  "a page of a web site, %s, is WRONG_ADDRESS",
  async (page) => {
    await expect(read(chunksOf(page, 3))).rejects.toMatchObject({ code: "WRONG_ADDRESS" });
  },
);

test("an answer without a body has no events", async () => {
  expect((await readServerSentEvents(null).next()).done).toBe(true);
});

test("many events together may be larger than one", async () => {
  async function* many() {
    const event = new TextEncoder().encode(`data: ${"x".repeat(1_000_000)}\n\n`);
    for (let count = 0; count < 20; count += 1) yield event;
  }
  expect(await read(many())).toHaveLength(20);
});

test("a stream that breaks off is NETWORK; any other error stays what it is", async () => {
  async function* broken(error: unknown) {
    yield new TextEncoder().encode("data: a\n\n");
    throw error;
  }
  await expect(read(broken(new TypeError("terminated")))).rejects.toMatchObject({
    code: "NETWORK",
  });
  const other = new RangeError("other");
  await expect(read(broken(other))).rejects.toBe(other);
});

test("leaving the loop cancels the body", async () => {
  let cancelled = false;
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new TextEncoder().encode("data: a\n\n")),
    cancel: () => {
      cancelled = true;
    },
  });
  for await (const _ of readServerSentEvents(body)) break;
  expect(cancelled).toBe(true);
});
