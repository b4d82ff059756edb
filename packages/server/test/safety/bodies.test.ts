import { describe, expect, test } from "vitest";
import { readJsonBody } from "../../src/safety/read-json-body.ts";

const json = { "content-type": "application/json" };

function post(
  body: string | Uint8Array | ReadableStream,
  headers: Record<string, string> = json,
): Request {
  return new Request("http://127.0.0.1/", {
    method: "POST",
    body,
    headers,
    duplex: "half",
  } as RequestInit);
}

describe("a body is taken", () => {
  test.each([
    ["application/json"],
    ["application/json; charset=utf-8"],
    ['Application/JSON;charset="UTF-8"'],
  ])("as %s", async (type) => {
    expect(await readJsonBody(post('{"a":"ä"}', { "content-type": type }))).toEqual({
      value: { a: "ä" },
    });
  });

  test("of exactly the bytes that are allowed, in whatever pieces", async () => {
    const pieces = ['{"a":', '"12', '34"}'];
    const body = new ReadableStream({
      pull(controller) {
        const piece = pieces.shift();
        if (piece === undefined) controller.close();
        else controller.enqueue(new TextEncoder().encode(piece));
      },
    });
    expect(await readJsonBody(post(body), 12)).toEqual({ value: { a: "1234" } });
  });
});

describe("a body is refused", () => {
  test.each([
    ["text, which a form of any site can send", '{"a":1}', { "content-type": "text/plain" }, 415],
    ["a form", "a=1", { "content-type": "application/x-www-form-urlencoded" }, 415],
    ["two types", "{}", { "content-type": "text/plain, application/json" }, 415],
    ["a type that only begins so", "{}", { "content-type": "application/json-patch+json" }, 415],
    ["JSON as a parameter", "{}", { "content-type": "text/plain; a=application/json" }, 415],
    ["another charset", "{}", { "content-type": "application/json; charset=utf-16" }, 415],
    ["a packed body", "{}", { ...json, "content-encoding": "gzip" }, 415],
    ["nothing", "", json, 400],
    ["what is not JSON", "{a:1}", json, 400],
    ["JSON nested without end", "[".repeat(100_000) + "]".repeat(100_000), json, 400],
    ["objects nested too deep", `${'{"a":'.repeat(300)}1${"}".repeat(300)}`, json, 400],
    ["bytes that are no UTF-8", new Uint8Array([0x22, 0xff, 0x22]), json, 400],
    ["more than is allowed", JSON.stringify("x".repeat(250_000)), json, 413],
  ] as const)("%s", async (_, body, headers, status) => {
    expect(await readJsonBody(post(body, headers), 250_000)).toMatchObject({ refusal: { status } });
  });

  test("without a type", async () => {
    const body = new ReadableStream({ start: (controller) => controller.close() });
    expect(await readJsonBody(post(body, {}))).toMatchObject({ refusal: { status: 415 } });
  });

  test("unread, where its length is said to be too large", async () => {
    let wasRead = false;
    const source = {
      pull(controller: ReadableStreamDefaultController) {
        wasRead = true;
        controller.error(new Error("read"));
      },
    };
    const body = new ReadableStream(source, { highWaterMark: 0 });
    const request = post(body, { ...json, "content-length": "33554433" });
    expect(await readJsonBody(request)).toMatchObject({
      refusal: { status: 413, code: "REQUEST_TOO_LARGE" },
    });
    expect(wasRead).toBe(false);
  });

  test("at its bound, where it goes on without end and says nothing of its length", async () => {
    let given = 0;
    let wasCancelled = false;
    const body = new ReadableStream({
      pull(controller) {
        given += 1024;
        controller.enqueue(new Uint8Array(1024).fill(0x20));
      },
      cancel() {
        wasCancelled = true;
      },
    });
    expect(await readJsonBody(post(body), 10_000)).toMatchObject({ refusal: { status: 413 } });
    expect(given).toBeLessThan(20_000);
    expect(wasCancelled).toBe(true);
  });

  test("where the client leaves before it is whole", async () => {
    const body = new ReadableStream({ pull: (controller) => controller.error(new Error("gone")) });
    expect(await readJsonBody(post(body))).toMatchObject({ refusal: { status: 400 } });
  });
});
