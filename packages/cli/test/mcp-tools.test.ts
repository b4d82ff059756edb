import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import type { McpServer } from "@modelcontextprotocol/sdk/server/mcp.js";
import { StreamableHTTPServerTransport } from "@modelcontextprotocol/sdk/server/streamableHttp.js";
import type { Transport } from "@modelcontextprotocol/sdk/shared/transport.js";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import type { LoopbackServer } from "../../../scripts/loopback-server.ts";
import { mcpFault } from "../src/tools/mcp-setting.ts";
import { type AccRun, accMain, testKey } from "./acc.ts";
import { homeAnew } from "./home-anew.ts";
import { resultsTold, startCallingServer } from "./played-calls.ts";

const script = fileURLToPath(new URL("mcp-server.mjs", import.meta.url));
const token = "token-of-the-server-0123456789";
const home = homeAnew();
let model: LoopbackServer;

beforeEach(async () => {
  await home.acc(["secrets", "set", "mcp_token"], { stdin: token });
});
afterEach(async () => {
  await model?.close();
});

async function configure(mcpServers: object): Promise<void> {
  const folder = join(home.path, ".config", "acc");
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "config.json"), JSON.stringify({ mcpServers }));
}

/** Asks a model that wishes these calls, where there is no terminal at all. */
async function ask(calls: readonly string[], ...args: readonly string[]): Promise<AccRun> {
  model = await startCallingServer(calls.map((name) => ({ name })));
  const child = spawn(process.execPath, [accMain, "chat", "-p", "claude", "--no-cache", ...args], {
    cwd: home.path,
    env: {
      HOME: home.path,
      PATH: process.env.PATH,
      ANTHROPIC_API_KEY: testKey,
      ANTHROPIC_BASE_URL: model.url,
    },
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const code = new Promise<number | null>((resolve) => child.on("close", resolve));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await code, stdout, stderr };
}

const ofStdio = {
  tried: { command: process.execPath, args: [script], env: { TOKEN: { secret: "mcp_token" } } },
};
const yes = ["--tools", "mcp:tried", "--yes", "mcp:tried", "hi"];

/** Processes that run the server. */
async function running(line = script): Promise<number> {
  const ids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const lines = await Promise.all(
    ids.map((id) => readFile(`/proc/${id}/cmdline`, "utf8").catch(() => "")),
  );
  return lines.filter((each) => each.includes(line)).length;
}

describe("an MCP server that is run", () => {
  it("gets a secret by its name and no key of a provider, and is ended with the command", async () => {
    await configure(ofStdio);
    const run = await ask(["picture", "fails"], ...yes);
    expect([run.code, run.stdout]).toEqual([0, "Done.\n"]);
    const [first] = model.requests.map(({ body }) => JSON.parse(body));
    const names = first.tools.map(({ name }: { name: string }) => name);
    expect(names).toEqual([expect.stringMatching(/^who_am_i_/), "fails", "picture", "ends"]);
    const told = JSON.stringify(resultsTold(model));
    expect(told).toContain("iVBORw0KGgo=");
    expect(told).toContain("a sound, audio/wav");
    expect(told).toMatch(
      /It is broken\."[^}]*\}[^}]*"is_error":true|"is_error":true[^}]*It is broken/,
    );
    if (process.platform === "linux") expect(await running()).toBe(0);
  });

  // github/copilot-cli#1879, anthropics/claude-code#985
  it("is given to the model by a name that vendors take, and called by its own", async () => {
    await configure(ofStdio);
    const names = await ask([], ...yes).then(() =>
      JSON.parse(model.requests[0]?.body ?? "").tools.map(({ name }: { name: string }) => name),
    );
    await model.close();
    const run = await ask([names[0]], ...yes);
    expect(run.code).toBe(0);
    const told = JSON.stringify(resultsTold(model));
    expect(told).toContain("key=undefined");
    expect(told).not.toContain(token);
    expect(told).toContain("token=[redacted]");
  });

  // vercel/ai#19240, DeusData/codebase-memory-mcp#1247
  it("tells all pages of its tools, and one that it sends for ever but once", async () => {
    await configure({ tried: { ...ofStdio.tried, args: [script, "paged"] } });
    expect((await ask([], ...yes)).code).toBe(0);
    const [first] = model.requests.map(({ body }) => JSON.parse(body));
    const names = first.tools.map(({ name }: { name: string }) => name);
    expect(names).toEqual(["of_page_1", "of_page_2", "of_page_3"]);
  });

  // codefuturist/email-mcp#60
  it("is ended with the command, also where it stays when its stdin has ended", async () => {
    await configure({ tried: { ...ofStdio.tried, args: [script, "stays"] } });
    expect((await ask(["fails"], ...yes)).code).toBe(0);
    if (process.platform === "linux") expect(await running(`${script}\0stays`)).toBe(0);
  });

  it("that ends in a call is told to the model with its last words", async () => {
    await configure(ofStdio);
    expect((await ask(["ends"], ...yes)).code).toBe(0);
    expect(JSON.stringify(resultsTold(model))).toMatch(/has ended: .*I am gone\./);
  });

  it.each([
    [{ command: process.execPath, args: ["-e", "console.error('No way.')"] }, /MCP_SERVER_FAILED/],
    [{ command: process.execPath, args: ["-e", "console.error('No way.')"] }, /It said: No way\./],
    [{ command: "no-such-command-anywhere" }, /COMMAND_NOT_FOUND/],
    [{ ...ofStdio.tried, env: { TOKEN: { secret: "absent" } } }, /acc secrets set absent/],
  ])("that cannot be used is a clear error before anything is asked: %j", async (tried, stderr) => {
    await configure({ tried });
    const run = await ask([], ...yes);
    expect([run.code === 0, run.stderr]).toEqual([false, expect.stringMatching(stderr)]);
    expect(model.requests).toHaveLength(0);
  });
});

describe("an MCP server at an address", () => {
  it("is asked over HTTP with the token, and refuses without it, which is said", async () => {
    const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: randomUUID });
    const { makeServer }: { makeServer(): McpServer } = await import(script);
    await makeServer().connect(transport as Transport);
    const server = createServer((request, response) => {
      if (request.headers.authorization !== `Bearer ${token}`) {
        response.writeHead(401).end("Unauthorized");
      } else void transport.handleRequest(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    onTestFinished(async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`;
    await configure({ tried: { type: "http", url } });
    const refused = await ask([], ...yes);
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringMatching(/tried_token/)]);
    await model.close();
    await configure({ tried: { url, key: "mcp_token" } });
    expect(await ask(["fails"], ...yes)).toMatchObject({ code: 0, stdout: "Done.\n" });
    expect(JSON.stringify(resultsTold(model))).toContain("It is broken.");
  });
});

describe("mcpServers in the config file", () => {
  it.each([
    [{ a: { command: "npx", args: ["-y", "x"], env: { A: "b" } } }, undefined],
    [{ a: { type: "stdio", command: "npx" }, b: { url: "https://x.example/mcp" } }, undefined],
    [[], ""],
    [{ a: {} }, "a"],
    [{ a: { command: "x", url: "https://x.example" } }, "a"],
    [{ a: { command: "x", headers: {} } }, "a.headers"],
    [{ a: { command: "x", args: "y" } }, "a.args"],
    [{ a: { command: "x", env: { A: 1 } } }, "a.env"],
    [{ a: { url: "ftp://x" } }, "a.url"],
    [{ a: { type: "sse", url: "https://x.example" } }, "a.type"],
    [{ "a b": { command: "x" } }, "a b"],
  ])("%j", (servers, place) => {
    expect(mcpFault(servers)?.place.join(".")).toBe(place);
  });

  it("is pointed at, where it is wrong", async () => {
    await configure({ tried: { comand: "x" } });
    const run = await ask([], ...yes);
    expect([run.code, run.stderr]).toEqual([
      2,
      expect.stringMatching(/config\.json:1:\d+: "mcpServers\.tried" needs a "command"/),
    ]);
  });
});
