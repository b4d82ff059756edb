import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { PrivateFolder } from "../../src/cli/command.ts";
import { nodeOf, openToolServer } from "../../src/cli/open-tool-server.ts";

const tools = [
  {
    name: "look",
    description: "it's </script>\u2028`$x\\",
    inputSchema: { properties: { at: {} } },
  },
  { name: "__proto__", inputSchema: { type: "object" }, strict: true },
];
let path = "";

beforeEach(() => {
  path = mkdtempSync(join(tmpdir(), "acc-tool-server-"));
});
afterEach(() => rmSync(path, { recursive: true, force: true }));

const folder = (): PrivateFolder => ({
  path,
  write: async (name, content) => {
    const file = join(path, name);
    writeFileSync(file, content, { mode: 0o600 });
    return file;
  },
  folder: async () => path,
  link: async () => path,
});

/** What the server answers to these lines, until its input ends. */
async function answers(hasShell: boolean, ...lines: readonly string[]) {
  const { command, args, env } = await openToolServer(folder(), tools, hasShell);
  const child = spawn(command, [...args], { env, stdio: ["pipe", "pipe", "inherit"] });
  const told: unknown[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => told.push(JSON.parse(line)));
  child.stdin.end(lines.map((line) => `${line}\n`).join(""));
  const [code] = await once(child, "close");
  return { told, code };
}

const ask = (id: number | string, method: string, params = {}) =>
  JSON.stringify({ jsonrpc: "2.0", id, method, params });

describe.each([
  ["a shell", true, "tool-server.sh"],
  ["JavaScript", false, "tool-server.cjs"],
] as const)("run by %s, it", (_, hasShell, file) => {
  it("lists the tools to a client, and is one private file", async () => {
    const hello = ask(0, "initialize", { protocolVersion: "2025-11-25", capabilities: {} });
    const ready = JSON.stringify({ jsonrpc: "2.0", method: "notifications/initialized" });
    const { told, code } = await answers(hasShell, hello, ready, ask("a", "tools/list"));
    expect(code).toBe(0);
    expect(told).toEqual([
      {
        jsonrpc: "2.0",
        id: 0,
        result: {
          protocolVersion: "2025-11-25",
          capabilities: { tools: {} },
          serverInfo: { name: "acc", version: "1" },
        },
      },
      {
        jsonrpc: "2.0",
        id: "a",
        result: {
          tools: [
            {
              name: "look",
              description: "it's </script>\u2028`$x\\",
              inputSchema: { type: "object", properties: { at: {} } },
            },
            { name: "__proto__", inputSchema: { type: "object" } },
          ],
        },
      },
    ]);
    expect(statSync(join(path, file)).mode & 0o777).toBe(0o600);
  });

  it("runs no tool, has nothing else to list, and survives what it cannot read", async () => {
    const call = ask(1, "tools/call", { name: "look", arguments: {} });
    const others = ["ping", "prompts/list", "resources/list", "resources/templates/list"];
    const unread = [
      "",
      "{",
      "null",
      "3",
      "[]",
      '{"id":9}',
      ask(8, "toString"),
      ask(9, "__proto__"),
    ];
    const { told } = await answers(
      hasShell,
      ...unread,
      call,
      ...others.map((each, id) => ask(id + 2, each)),
    );
    expect(told).toMatchObject([
      { id: 8, error: { code: -32601 } },
      { id: 9, error: { code: -32601 } },
      { id: 1, error: { code: -32601 } },
      { id: 2, result: {} },
      { id: 3, result: { prompts: [] } },
      { id: 4, result: { resources: [] } },
      { id: 5, result: { resourceTemplates: [] } },
    ]);
  });

  it("reads an id and a method wherever they stand, and no others", async () => {
    const inside = { id: 5, method: "tools/list", text: 'a"},\\{"id":6' };
    const { told } = await answers(
      hasShell,
      JSON.stringify({ params: inside, method: "ping", id: 'x"%s\\', jsonrpc: "2.0" }),
      JSON.stringify({ method: "ping", params: [inside, "id", [3]], id: -7 }),
      `{ "id" : 12 , "jsonrpc" : "2.0" , "method" : "ping" }`,
      JSON.stringify({ method: "notifications/x", params: inside }),
    );
    expect(told).toEqual(['x"%s\\', -7, 12].map((id) => ({ jsonrpc: "2.0", id, result: {} })));
  });

  it("ends with its reader", async () => {
    const { command, args, env } = await openToolServer(folder(), tools, hasShell);
    const child = spawn(command, [...args], { env, stdio: ["pipe", "pipe", "ignore"] });
    const ended = once(child, "close");
    child.stdout.destroy();
    child.stdin.on("error", () => {});
    for (let id = 0; id < 3; id++) child.stdin.write(`${ask(id, "ping")}\n`);
    const wait = setInterval(() => child.stdin.write(`${ask(9, "ping")}\n`), 20);
    await ended;
    clearInterval(wait);
  });
});

it.each([
  ["Node.js", { execPath: "/usr/bin/node", versions: {} }, { command: "/usr/bin/node" }],
  [
    "Electron, which is to be Node.js here",
    { execPath: "/opt/App/app", versions: { electron: "30.0.0" } },
    { command: "/opt/App/app", env: { ELECTRON_RUN_AS_NODE: "1" } },
  ],
  [
    "Bun",
    { execPath: "/opt/bun/bin/bun", versions: { bun: "1.3.0" } },
    { command: "/opt/bun/bin/bun" },
  ],
  [
    "an application that Bun built",
    { execPath: "/opt/app", versions: { bun: "1.3.0" } },
    { command: "node" },
  ],
  [
    "Deno",
    { execPath: "C:\\deno\\deno.exe", versions: { deno: "2.5.0" } },
    { command: "C:\\deno\\deno.exe", args: ["run"] },
  ],
  [
    "a single executable of Node.js",
    { execPath: "/opt/app", versions: {}, getBuiltinModule: () => ({ isSea: () => true }) },
    { command: "node" },
  ],
])("is run by %s", (_, host, run) => {
  expect(nodeOf(host)).toEqual(run);
});
