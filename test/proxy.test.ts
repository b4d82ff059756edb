import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, request, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { nodeBinary } from "node-versions";
import { afterEach, beforeEach, expect, test } from "vitest";
import { defaultAnswer, type MockServer, startMockServer } from "../scripts/mock-server.ts";
import { root } from "./dependency-rule/workspace.ts";

let vendor: MockServer;
let proxy: Server;
let home: string;
let asked: string[];

beforeEach(async () => {
  vendor = await startMockServer();
  home = mkdtempSync(join(tmpdir(), "acc-proxy-"));
  asked = [];
  proxy = openProxy(Number(new URL(vendor.url).port));
  await once(proxy, "listening");
});

afterEach(async () => {
  proxy.closeAllConnections();
  proxy.close();
  await vendor.close();
  rmSync(home, { recursive: true, force: true });
});

/** It takes a tunnel, as Node.js 22 and 24 ask for it, and a whole address, as Node.js 26 does. */
function openProxy(port: number): Server {
  const server = createServer((incoming, response) => {
    const { url = "", method, headers } = incoming;
    asked.push(new URL(url).host);
    const { pathname: path, search } = new URL(url);
    const options = { port, method, headers, path: `${path}${search}`, host: "127.0.0.1" };
    const onward = request(options, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(response);
    });
    incoming.pipe(onward);
  });
  server.on("connect", ({ url = "" }, socket, head) => {
    asked.push(url.replace(/:80$/, ""));
    const onward = connect(port, "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      onward.write(head);
      socket.pipe(onward).pipe(socket);
    });
    socket.on("error", () => onward.destroy());
    onward.on("error", () => socket.destroy());
  });
  return server.listen(0, "127.0.0.1");
}

/** What a call says that a process of another Node.js makes, to a vendor that no name leads to. */
async function answered(node: string, provider: string, mode: string, more: object) {
  const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const name =
    provider === "openai" ? "OpenAI" : `${provider[0]?.toUpperCase()}${provider.slice(1)}`;
  const create = `create${name}`;
  const options = {
    apiKey: "no-key-of-anybody",
    only: mode,
    cache: false,
    secrets: false,
    retry: 0,
  };
  const script = `
    import { ${create} } from ${JSON.stringify(join(root, "packages", provider, "dist/index.js"))};
    const client = ${create}(${JSON.stringify({ ...options, baseUrl: "http://vendor.invalid" })});
    const reply = await client.chat("Hello").catch(({ cause, code }) => ({ text: (cause ?? {}).code ?? code }));
    console.log(reply.text);
    await client.close();`;
  const env = { PATH: dirname(node), HOME: home, HTTP_PROXY: address, ...more };
  const child = spawn(node, ["--input-type=module", "-e", script], { env, cwd: home });
  return (await text(child.stdout)).trim();
}

const nodes = ([22, 24, 26] as const).flatMap((line) => {
  const binary = nodeBinary(line);
  return binary ? [[line, binary] as const] : [];
});
const modes = [
  ["claude", "sdk"],
  ["gemini", "sdk"],
  ["groq", "sdk"],
  ["groq", "cli"],
  ["openai", "sdk"],
] as const;
const cases = nodes.flatMap(([line, node]) => modes.map((mode) => [line, ...mode, node] as const));

test.each(cases)(
  "on Node.js %i %s goes by the proxy that NODE_USE_ENV_PROXY allows, in its %s mode",
  async (_, provider, mode, node) => {
    expect(await answered(node, provider, mode, { NODE_USE_ENV_PROXY: "1" })).toBe(defaultAnswer);
    expect(asked).toEqual(["vendor.invalid"]);
  },
);

test.each(nodes)("on Node.js %i no SDK goes by a proxy that nobody allowed", async (_, node) => {
  expect(await answered(node, "groq", "sdk", {})).toBe("NETWORK");
  expect(asked).toEqual([]);
});

test.skipIf(!process.version.startsWith("v20."))("Node.js 20 knows no such variable", async () => {
  const { execPath } = process;
  expect(await answered(execPath, "claude", "sdk", { NODE_USE_ENV_PROXY: "1" })).toBe("NETWORK");
  expect(asked).toEqual([]);
});
