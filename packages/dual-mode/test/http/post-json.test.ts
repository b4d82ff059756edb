import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createSecret } from "@acc/secrets";
import { afterEach, expect, test } from "vitest";
import { DualModeError } from "../../src/error.ts";
import { postJson } from "../../src/http/post-json.ts";
import { readServerSentEvents } from "../../src/http/server-sent-events.ts";

let server: Server | undefined;
afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => server?.close(resolve) ?? resolve(undefined));
  server = undefined;
});

async function serve(listener: RequestListener): Promise<string> {
  server = createServer(listener);
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const { signal } = new AbortController();

test("posts JSON with the headers, and gives the answer", async () => {
  const url = await serve(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const { method, headers } = request;
    response.end(JSON.stringify({ method, body, type: headers["content-type"], key: headers.key }));
  });
  const response = await postJson(url, { a: "ü" }, { headers: { key: "k" }, signal });
  await expect(response.json()).resolves.toEqual({
    method: "POST",
    body: '{"a":"ü"}',
    type: "application/json",
    key: "k",
  });
});

test("another status is an error with its code, status, wait and redacted message", async () => {
  const secret = createSecret("any", "sk-known-secret-42424242");
  const url = await serve((_, response) => {
    response.writeHead(429, { "retry-after": "7" });
    response.end(JSON.stringify({ error: { message: `slow down, ${secret.reveal()}` } }));
  });
  const error = await postJson(url, {}, { signal }).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    code: "RATE_LIMITED",
    status: 429,
    retryAfter: 7_000,
    message: "The server refused (429): slow down, [redacted]",
  });
});

test.each([
  ['{"error":"plain"}', "The server refused (500): plain"],
  ['{"message":"top"}', "The server refused (500): top"],
  ["<h1>Bad\n gateway</h1>", "The server refused (500): Bad gateway"],
  ["[]", "The server refused (500): []"],
  ["", "The server refused (500)."],
])("the message of %j", async (body, message) => {
  const url = await serve((_, response) => response.writeHead(500).end(body));
  await expect(postJson(url, {}, { signal })).rejects.toMatchObject({ message });
});

test("of an endless error body only the beginning is read", async () => {
  let sent = 0;
  const url = await serve((_, response) => {
    response.writeHead(500);
    const fill = () => {
      do sent += 10_000;
      while (response.write("x".repeat(10_000)));
    };
    response.on("drain", fill);
    fill();
  });
  const error = await postJson(url, {}, { signal }).catch((thrown: DualModeError) => thrown);
  expect((error as DualModeError).message.length).toBeLessThan(700);
  expect(sent).toBeLessThan(20_000_000);
});

test("a redirect is not followed: it would carry the key along", async () => {
  const asked: (string | undefined)[] = [];
  const url = await serve((request, response) => {
    asked.push(request.url);
    response.writeHead(307, { location: "/elsewhere" }).end();
  });
  await expect(postJson(`${url}/a`, {}, { signal })).rejects.toMatchObject({
    code: "WRONG_ADDRESS",
    status: 307,
    fix: expect.stringContaining("base URL"),
  });
  expect(asked).toEqual(["/a"]);
});

test("a refused and a dropped connection are NETWORK", async () => {
  const url = await serve((request) => request.socket.destroy());
  await expect(postJson(url, {}, { signal })).rejects.toMatchObject({ code: "NETWORK" });
  await new Promise((resolve) => server?.close(resolve));
  await expect(postJson(url, {}, { signal })).rejects.toMatchObject({
    code: "NETWORK",
    message: expect.stringContaining("ECONNREFUSED"),
  });
});

test("an abort reaches the socket, before the answer and within it", async () => {
  const gone: Promise<unknown>[] = [];
  const url = await serve((request, response) => {
    gone.push(new Promise((resolve) => request.socket.once("close", resolve)));
    if (request.url === "/stream") {
      response.write("data: a\n\n");
    }
  });
  const silent = new AbortController();
  const reason = new DualModeError("DEADLINE_EXCEEDED", "late");
  setTimeout(() => silent.abort(reason), 50);
  await expect(postJson(url, {}, { signal: silent.signal })).rejects.toBe(reason);

  const streaming = new AbortController();
  const response = await postJson(`${url}/stream`, {}, { signal: streaming.signal });
  const read = async () => {
    for await (const _ of readServerSentEvents(response.body)) {
      streaming.abort(reason);
    }
  };
  await expect(read()).rejects.toBe(reason);
  await Promise.all(gone);
});

test("a plain abort is ABORTED", async () => {
  const options = { signal: AbortSignal.abort() };
  await expect(postJson("http://127.0.0.1:9", {}, options)).rejects.toMatchObject({
    code: "ABORTED",
  });
});

test("what cannot be sent is INVALID_REQUEST, and the key in it is not shown", async () => {
  const headers = { authorization: "Bearer sk-with\nline-break" };
  const error = await postJson("http://127.0.0.1:9", {}, { headers, signal }).catch(
    (thrown: unknown) => thrown,
  );
  expect(error).toMatchObject({ code: "INVALID_REQUEST" });
  expect(error).not.toHaveProperty("cause");
  expect(String(error)).not.toContain("sk-with");
  await expect(postJson("not a url", {}, { signal })).rejects.toMatchObject({
    code: "INVALID_REQUEST",
  });
});
