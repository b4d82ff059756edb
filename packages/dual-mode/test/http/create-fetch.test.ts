import { gzipSync } from "node:zlib";
import { createSecret } from "@acc/secrets";
import { describe, expect, test } from "vitest";
import { DualModeError } from "../../src/error.ts";
import { createFetch } from "../../src/http/create-fetch.ts";
import { networkError } from "../../src/http/network-error.ts";
import { ask, endless, fetchScene, headers, key, lasting } from "./fetch-scene.ts";

const { serve } = fetchScene();

createSecret("way_out_key", key);

describe("a redirect is not followed, and is an error that says so (smithers#800)", () => {
  const elsewhere = (status: number, location: (url: string) => string) => async () => {
    const asked: (string | undefined)[] = [];
    const other = await serve((request, response) => {
      asked.push(request.url);
      response.end("{}");
    });
    const url = await serve((request, response) => {
      if (request.url === "/again") asked.push(request.url);
      response.writeHead(status, { location: location(other) }).end();
    });
    await expect(ask(url)).rejects.toMatchObject({
      status,
      fix: expect.stringContaining("base URL"),
    });
    expect(asked).toEqual([]);
  };

  test.each([300, 301, 302, 303, 304, 305, 307, 308])("%i to another origin", async (status) => {
    await elsewhere(status, (url) => url)();
  });
  test(
    "to the same host",
    elsewhere(307, () => "/again"),
  );
  test(
    "to nowhere",
    elsewhere(307, () => "http://["),
  );
  test(
    "to https",
    elsewhere(308, (url) => url.replace("http:", "https:")),
  );
});

test("no headers go but those that were given (anthropic-sdk-typescript reads custom ones)", async () => {
  const seen: object[] = [];
  const url = await serve((request, response) => {
    seen.push(request.headers);
    response.end("{}");
  });
  await ask(url);
  expect(seen[0]).toMatchObject(headers);
  expect(JSON.stringify(seen)).not.toContain("stray");
});

describe("an answer is bound", () => {
  test.each([
    ["plain", endless("x".repeat(65_536))],
    [
      "a gzip bomb",
      endless(gzipSync(Buffer.alloc(8 * 1024 * 1024), { level: 9 }), {
        "content-encoding": "gzip",
      }),
    ],
  ])("%s", async (_, listener) => {
    const response = await ask(await serve(listener), { maxBytes: 1_000_000 });
    await expect(response.text()).rejects.toMatchObject({ code: "OUTPUT_TOO_LARGE" });
  });

  test("all answers of one call together, and their number", async () => {
    const url = await serve((_, response) => response.end("x".repeat(600)));
    const send = createFetch({ signal: lasting, alive: () => {} }, { headers, maxBytes: 1_000 });
    await (await send(url)).text();
    await expect(send(url).then((answer) => answer.text())).rejects.toMatchObject({
      code: "OUTPUT_TOO_LARGE",
    });
    const page = createFetch({ signal: lasting, alive: () => {} }, { headers });
    const pages = async () => {
      for (;;) await (await page(url)).text();
    };
    await expect(pages()).rejects.toMatchObject({ code: "OUTPUT_TOO_LARGE" });
  });

  test("an error's body is read to its bound, and names no key (term-llm#286)", async () => {
    const url = await serve(endless(`${key} `.repeat(3_000), {}, 400));
    const response = await ask(url);
    const text = await response.text();
    expect(response.status).toBe(400);
    expect(text.length).toBeLessThanOrEqual(64 * 1024);
    expect(text).not.toContain("way-out");
  });

  test("an error's body that is nested without end is none", async () => {
    const url = await serve((_, response) => {
      response.statusCode = 400;
      response.end(`{"error":${"[".repeat(30_000)}${"]".repeat(30_000)}}`);
    });
    const response = await ask(url);
    expect([response.status, await response.text()]).toEqual([400, ""]);
  });

  test.each([
    ["a page", "<html></html>", "text/plain"],
    ["nothing", "", "text/plain"],
    ["an error", '{"error":"no"}', "application/json"],
  ])("%s in an error's body that is called JSON is called what it is", async (_, body, type) => {
    const url = await serve((_request, response) => {
      response.writeHead(403, { "content-type": "application/json" }).end(body);
    });
    const response = await ask(url);
    expect(response.headers.get("content-type")).toBe(type);
    expect(await response.text()).toBe(body);
  });

  test("headers over Node's bound are OUTPUT_TOO_LARGE", async () => {
    const url = await serve((_, response) => {
      response.socket?.end(`HTTP/1.1 200 OK\r\nx: ${"y".repeat(100_000)}\r\n\r\n`);
    });
    await expect(ask(url)).rejects.toMatchObject({ code: "OUTPUT_TOO_LARGE" });
  });

  test("a status that HTTP does not have is an error with a code", async () => {
    const url = await serve((_, response) => {
      response.socket?.end("HTTP/1.1 999 What\r\ncontent-length: 0\r\n\r\n");
    });
    await expect(ask(url)).rejects.toBeInstanceOf(DualModeError);
  });
});

test("an answer that breaks off is NETWORK", async () => {
  const url = await serve((_, response) => {
    response.write("half");
    setTimeout(() => response.destroy(), 20);
  });
  const response = await ask(url);
  await expect(response.text()).rejects.toMatchObject({ code: "NETWORK" });
});

test("an error of ours is found again in what an SDK makes of it", () => {
  const ours = new DualModeError("OUTPUT_TOO_LARGE", "Too large.");
  const wrapped = new Error("Connection error.", { cause: new Error("x", { cause: ours }) });
  expect(networkError(wrapped)).toBe(ours);
});
