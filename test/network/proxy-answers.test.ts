import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nodeBinary } from "node-versions";
import { afterEach, beforeEach, expect, test } from "vitest";
import { callInAProcess } from "./call-in-a-process.ts";

let home: string;
let proxy: Server;
let status: string;
let asked: number;

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), "acc-proxy-answers-"));
  asked = 0;
  proxy = createServer();
  proxy.on("connect", (_, socket) => {
    asked += 1;
    socket.on("error", () => {});
    socket.end(`HTTP/1.1 ${status}\r\ncontent-length: 0\r\n\r\n`);
  });
  await once(proxy.listen(0, "127.0.0.1"), "listening");
});

afterEach(() => {
  proxy.closeAllConnections();
  proxy.close();
  rmSync(home, { recursive: true, force: true });
});

const address = () => `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
const baseUrl = "https://vendor.invalid";

const nodes = ([22, 24, 26] as const).flatMap((line) => {
  const binary = nodeBinary(line);
  return binary ? [[line, binary] as const] : [];
});
const answers = [
  ["407 Proxy Authentication Required", "user:password", 1],
  ["403 Forbidden", "NO_PROXY", 1],
  ["502 Bad Gateway", "does not reach the server", 3],
] as const;

// nodejs/undici#3442
test.each(nodes.flatMap(([line, node]) => answers.map((each) => [line, ...each, node] as const)))(
  "on Node.js %i a proxy's %s is told, with what to do",
  async (_, said, fix, times, node) => {
    status = said;
    const env = { NODE_USE_ENV_PROXY: "1", HTTPS_PROXY: address() };
    const failure = await callInAProcess(home, { node, baseUrl, env });
    expect(failure).toMatchObject({
      code: "NETWORK",
      message: expect.stringContaining(`The proxy answered ${said.slice(0, 3)}`),
      fix: expect.stringContaining(fix),
      retryable: times > 1,
    });
    expect(asked).toBe(times);
  },
);

test.each(["claude", "gemini", "openai"] as const)("%s tells it too", async (provider) => {
  status = "407 Proxy Authentication Required";
  const [, node] = nodes.at(-1) ?? [];
  const env = { NODE_USE_ENV_PROXY: "1", HTTPS_PROXY: address() };
  const failure = await callInAProcess(home, { ...(node && { node }), provider, baseUrl, env });
  expect(failure.message).toContain("The proxy answered 407");
  expect(asked).toBe(1);
});

// NX1X/fastagent#474, jackwener/OpenCLI#510
test.each(nodes)("on Node.js %i a proxy that is set and not used is named", async (_, node) => {
  const failure = await callInAProcess(home, { node, baseUrl, env: { https_proxy: address() } });
  expect(failure.code).toBe("NETWORK");
  expect(failure.fix).toContain("https_proxy is set");
  expect(failure.fix).toContain("NODE_USE_ENV_PROXY=1");
  expect(asked).toBe(0);
});

test("a proxy is not blamed for a server of this machine that is not there", async () => {
  const gone = address();
  proxy.close();
  await once(proxy, "close");
  const env = { HTTPS_PROXY: gone };
  const failure = await callInAProcess(home, { baseUrl: gone, env });
  expect(failure.message).toContain("ECONNREFUSED");
  expect(failure.fix).not.toContain("HTTPS_PROXY");
});
