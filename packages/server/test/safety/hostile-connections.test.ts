import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { createAccess, createServer } from "../../src/index.ts";
import { clientOf } from "../support/clients.ts";
import { type Listening, listen } from "../support/listen.ts";
import { begin, finish, piece, startVendor, type Vendor } from "../support/vendor.ts";

const ownerToken = "o".repeat(43);
const body = JSON.stringify({ model: "p/m", messages: [{ role: "user", content: "hi" }] });
const length = `Content-Length: ${body.length}`;
const json = "Content-Type: application/json";
const bearer = `Authorization: Bearer ${ownerToken}`;
const post = "POST /v1/chat/completions HTTP/1.1";
const host = "Host: 127.0.0.1";

let vendor: Vendor;
let server: Listening;

beforeAll(async () => {
  vendor = await startVendor((response) => {
    begin(response);
    piece(response, "hello");
    finish(response, 1, 1);
  });
  const client = clientOf(vendor.url);
  const access = createAccess({ ownerToken });
  const options = { clients: { p: client }, access, maxBodyBytes: 10_000 };
  // As the docs have them, but shorter: tests do not wait for a minute.
  const timers = { headersTimeout: 400, requestTimeout: 800, connectionsCheckingInterval: 100 };
  server = await listen(createServer(options), timers);
});
afterAll(async () => {
  await server?.close();
  await vendor?.close();
});

/** Sends bytes as they are, and gives what came until the server closed, or `ms` had passed. */
async function raw(text: string, ms = 3_000): Promise<string> {
  const socket = connect(server.port, "127.0.0.1");
  let came = "";
  const ended = new Promise<void>((resolve) => {
    socket.on("data", (chunk) => {
      came += chunk;
    });
    socket.on("error", () => resolve());
    socket.on("close", () => resolve());
  });
  socket.write(text);
  await Promise.race([ended, sleep(ms)]);
  socket.destroy();
  return came;
}

const request = (...lines: readonly string[]) =>
  `${[...lines, "Connection: close"].join("\r\n")}\r\n\r\n`;

test("a good request is served", async () => {
  // The first call loads what calls are made with: on a busy machine that takes its time.
  expect(await raw(request(post, host, json, bearer, length) + body, 15_000)).toMatch(
    /^HTTP\/1.1 200 .*hello/s,
  );
});

describe("nothing reaches a model", () => {
  const good = [json, bearer, length];
  test.each([
    ["by a rebound name", [post, "Host: evil.example", ...good], 403],
    [
      "by an address of another server",
      [post.replace("/v1", "http://evil.example/v1"), host, ...good],
      403,
    ],
    ["without a Host", [post, ...good], 400],
    ["by a page of another site", [post, host, "Origin: https://evil.example", ...good], 403],
    ["by a sandboxed page", [post, host, "Origin: null", ...good], 403],
    ["by a form of another site", [post, host, "Content-Type: text/plain", bearer, length], 415],
    ["by a form that says nothing", [post, host, bearer, length], 415],
    ["without a token", [post, host, json, length], 401],
    [
      "with a token in the address",
      [post.replace("completions", `completions?key=${ownerToken}`), host, json, length],
      401,
    ],
    ["with a token in a cookie", [post, host, json, `Cookie: token=${ownerToken}`, length], 401],
    [
      "with a token as Basic",
      [post, host, json, `Authorization: Basic ${ownerToken}`, length],
      401,
    ],
    ["by a GET", [post.replace("POST", "GET"), host, ...good], 404],
    ["by a DELETE", [post.replace("POST", "DELETE"), host, ...good], 404],
    ["by a path around the routes", [post.replace("/v1", "/v1/../v1/x"), host, ...good], 404],
    [
      "with a body that is said to be too long",
      [post, host, json, bearer, "Content-Length: 99999999"],
      413,
    ],
    ["with two lengths", [post, host, json, bearer, length, "Content-Length: 1"], 400],
    [
      "with a length and chunks",
      [post, host, json, bearer, length, "Transfer-Encoding: chunked"],
      400,
    ],
    [
      "with a line folded into a header",
      [post, host, json, bearer, "X-A: b\r\n\tc\u0000d", length],
      400,
    ],
    [
      "with headers of 100 KiB",
      [post, host, json, bearer, `X-A: ${"a".repeat(100_000)}`, length],
      431,
    ],
    [
      "with 20,000 headers",
      [post, host, json, bearer, ...Array.from({ length: 20_000 }, (_, n) => `x-${n}: 1`), length],
      431,
    ],
    ["in another protocol", ["PRI * HTTP/2.0"], 400],
  ])("%s", async (_, lines, status) => {
    const before = vendor.prompts.length;
    const answer = await raw(request(...lines) + body);
    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).not.toContain(ownerToken);
    expect(answer.toLowerCase()).not.toContain("access-control-allow-origin");
    expect(vendor.prompts.length).toBe(before);
  });

  test.each([
    ["a preflight of another site", "Origin: https://evil.example"],
    ["a preflight of a sandbox", "Origin: null"],
  ])("%s is not let", async (_, origin) => {
    const lines = [
      "OPTIONS /v1/chat/completions HTTP/1.1",
      host,
      origin,
      "Access-Control-Request-Method: POST",
    ];
    const answer = await raw(request(...lines));
    expect(answer).toMatch(/^HTTP\/1.1 403 /);
    expect(answer.toLowerCase()).not.toContain("access-control-allow");
  });
});

describe("wrong types are told, in the wire's own form", () => {
  const deep = `${"[".repeat(2_000)}${"]".repeat(2_000)}`;
  test.each([
    ["null", "null"],
    ["a list", "[]"],
    ["a text", '"hi"'],
    ["a number", "1e400"],
    ["no members", "{}"],
    ["a model that is none", '{"model":1,"messages":[]}'],
    ["messages that are text", '{"model":"p/m","messages":"hi","input":{},"max_tokens":1}'],
    ["messages of nothing", '{"model":"p/m","messages":[null],"input":[null],"max_tokens":1}'],
    [
      "a role that is none",
      '{"model":"p/m","messages":[{"role":"__proto__","content":"x"}],"input":[{"role":"x","content":1}],"max_tokens":1}',
    ],
    [
      "content that is a number",
      '{"model":"p/m","messages":[{"role":"user","content":7}],"input":7,"max_tokens":1}',
    ],
    [
      "a bound that is text",
      '{"model":"p/m","messages":[{"role":"user","content":"x"}],"input":"x","max_tokens":"9","max_output_tokens":"9"}',
    ],
    ["what would change every object", '{"__proto__":{"model":"p/m"},"messages":[]}'],
    [
      "a model that leads elsewhere",
      '{"model":"../p/m","messages":[{"role":"user","content":"x"}],"input":"x","max_tokens":1}',
    ],
    ["nested too deep", deep],
    ["cut", '{"model":"p/m"'],
  ])("%s", async (_, text) => {
    const before = vendor.prompts.length;
    for (const path of ["/v1/chat/completions", "/v1/responses", "/v1/messages"]) {
      const response = await fetch(server.url + path, {
        method: "POST",
        headers: { "content-type": "application/json", "x-api-key": ownerToken },
        body: text,
      });
      expect([400, 404]).toContain(response.status);
      const { error } = (await response.json()) as { error: { message: string; type: string } };
      expect(error.message).not.toBe("");
      expect(["invalid_request_error", "not_found_error"]).toContain(error.type);
    }
    expect(vendor.prompts.length).toBe(before);
  });
});

describe("who sends slowly holds nothing for long", () => {
  test.each([
    ["headers that do not end", `${post}\r\n${host}\r\nX-A: `],
    ["a body that does not come", request(post, host, json, bearer, "Content-Length: 900")],
    [
      "a body of which a part comes",
      `${request(post, host, json, bearer, "Content-Length: 900")}{"model"`,
    ],
    [
      "a chunk that does not end",
      `${request(post, host, json, bearer, "Transfer-Encoding: chunked")}100\r\n{`,
    ],
  ])("%s", async (_, text) => {
    const start = performance.now();
    expect(await raw(text, 6_000)).toMatch(/^HTTP\/1.1 (408|400) /);
    expect(performance.now() - start).toBeLessThan(4_000);
  });

  test("a hundred of them keep nobody else waiting", async () => {
    const sockets = Array.from({ length: 100 }, () => connect(server.port, "127.0.0.1"));
    onTestFinished(() => {
      for (const socket of sockets) socket.destroy();
    });
    for (const socket of sockets) {
      socket.on("error", () => undefined);
      socket.write(`${post}\r\n${host}\r\n${bearer}\r\nX-A: `);
    }
    expect(await raw(request(post, host, json, bearer, length) + body)).toMatch(/^HTTP\/1.1 200 /);
  });

  test("a body without end is cut at its bound", async () => {
    const lines = request(post, host, json, bearer, "Transfer-Encoding: chunked");
    const chunk = `1000\r\n${" ".repeat(4_096)}\r\n`;
    expect(await raw(lines + chunk.repeat(10))).toMatch(/^HTTP\/1.1 413 /);
  });
});
