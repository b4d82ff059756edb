import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { LoopbackServer } from "../../../scripts/loopback-server.ts";
import { type AccRun, accMain, testKey } from "./acc.ts";
import { homeAnew } from "./home-anew.ts";
import { type PlayedCall, resultsTold, startCallingServer } from "./played-calls.ts";
import { accLine, canDriveTerminal, Terminal } from "./terminal.ts";

const home = homeAnew();
let server: LoopbackServer;
let tools: string;

const module = `
import { writeFileSync } from "node:fs";
export function weather({ city }) {
  writeFileSync("called.txt", city);
  return "sunny in " + city;
}
weather.description = "Tells the weather.";
weather.inputSchema = { type: "object", properties: { city: { type: "string" } } };
export const counter = { count: 41, run() { return { count: this.count + 1 }; } };
export const notATool = 7;
`;

beforeEach(async () => {
  tools = join(home.path, "tools.mjs");
  await writeFile(tools, module);
  await play([{ name: "weather", input: { city: "Ulm" } }]);
});
afterEach(async () => {
  await server.close();
});

async function play(calls: readonly PlayedCall[]): Promise<void> {
  await server?.close();
  server = await startCallingServer(calls);
}

const environment = () => ({
  HOME: home.path,
  ANTHROPIC_API_KEY: testKey,
  ANTHROPIC_BASE_URL: server.url,
});

/** Runs `acc` where there is no terminal at all. */
async function detached(args: readonly string[]): Promise<AccRun> {
  const child = spawn(process.execPath, [accMain, "chat", "-p", "claude", "--no-cache", ...args], {
    cwd: home.path,
    env: environment(),
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const code = new Promise<number | null>((resolve) => child.on("close", resolve));
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await code, stdout, stderr };
}

const called = () => existsSync(join(home.path, "called.txt"));

describe("the functions of a module", () => {
  it("are called by name without a question, each call shown, and the model told", async () => {
    const run = await detached(["--tools", tools, "--yes", "weather", "How is it?"]);
    expect(run).toEqual({
      code: 0,
      stdout: "Done.\n",
      stderr: 'acc: calls weather {"city":"Ulm"}\n',
    });
    expect(await readFile(join(home.path, "called.txt"), "utf8")).toBe("Ulm");
    const [first] = server.requests.map(({ body }) => JSON.parse(body));
    expect(first.tools).toMatchObject([
      { name: "counter" },
      { name: "weather", description: "Tells the weather." },
    ]);
    expect(JSON.stringify(resultsTold(server))).toContain("sunny in Ulm");
  });

  it("keep what else their object has, and are whole in --json and --stream-json", async () => {
    await play([{ name: "counter" }]);
    const yes = ["--tools", tools, "--yes", "counter"];
    const reply = JSON.parse((await detached([...yes, "--json", "Count."])).stdout);
    expect(reply).toMatchObject({ text: "Done.", steps: [{ text: "I look." }, {}] });
    expect(JSON.stringify(reply.messages)).toContain('{\\"count\\":42}');
    const lines = (await detached([...yes, "--stream-json", "Count."])).stdout.trim().split("\n");
    const types = lines.map((line) => JSON.parse(line).type);
    expect(types).toEqual(expect.arrayContaining(["tool-call", "step", "tool-result", "reply"]));
  });

  it("are not called where nobody can allow it, which ends the command", async () => {
    const run = await detached(["--tools", tools, "--yes", "counter", "How is it?"]);
    expect([run.code, run.stdout, called()]).toEqual([1, "", false]);
    expect(run.stderr).toMatch(/wants to call weather \{"city":"Ulm"\}.*\(CALL_NOT_CONFIRMED\)/);
    expect(run.stderr).toMatch(/--yes weather/);
    expect(server.requests).toHaveLength(1);
  });

  // simonw/llm#1020
  it("are kept in the log with their results, and are there where it goes on", async () => {
    await detached(["--tools", tools, "--yes", "weather", "How is it?"]);
    const { stdout } = await home.acc(["log", "show"], { env: environment() });
    expect(stdout).toMatch(
      /> How is it\?\nI look\.\n→ weather \{"city":"Ulm"\}\n← sunny in Ulm\nDone\.\n/,
    );
    const more = await detached(["-c", "And now?"]);
    expect([more.code, more.stderr]).toEqual([1, expect.stringMatching(/CALL_NOT_CONFIRMED/)]);
    const { messages, tools: declared } = JSON.parse(server.requests.at(-1)?.body ?? "");
    expect([messages.length, declared.length]).toEqual([5, 2]);
  });

  it("end after as many answers as --max-steps says", async () => {
    const args = ["--tools", tools, "--yes", "weather", "--max-steps", "1", "How is it?"];
    const run = await detached(args);
    expect([run.code, called(), server.requests.length]).toEqual([0, false, 1]);
    expect(run.stdout).toContain('"name":"weather"');
  });

  it.each([
    [["--tools", "no-such.mjs"], 1, /TOOLS_NOT_LOADED/],
    [["--tools", "tools.mjs", "--yes", "wether"], 2, /Did you mean weather\?/],
    [["--tools", "tools.mjs", "--tools", "tools.mjs"], 2, /two tools with the name counter/],
    [["--tools", "tools.mjs", "--tools", "tools.json"], 2, /not both in one answer/],
    [["--yes", "weather"], 2, /--yes needs tools/],
    [["--tools", "mcp:nobody"], 2, /no MCP server "nobody"; none is set.*\n.*mcpServers/],
  ])("are a clear error before anything is asked: %j", async (args, code, stderr) => {
    const run = await detached([...args, "hi"]);
    expect([run.code, run.stderr]).toEqual([code, expect.stringMatching(stderr)]);
    expect(server.requests).toHaveLength(0);
  });
});

describe.skipIf(!canDriveTerminal)("a question about a call, on a terminal", () => {
  const onTerminal = (args: string) =>
    new Terminal(
      `cd '${home.path}'; ${accLine(`chat -p claude --no-cache --tools tools.mjs ${args}`, environment())}`,
      100,
    );

  it("is asked for each, and a yes calls it", async () => {
    const terminal = onTerminal("How is it");
    try {
      const asked = await terminal.see(/Call it\?/);
      expect(asked).toMatch(/^I look\.\n→ weather \{"city":"Ulm"\} \(tools\.mjs\)\n/m);
      expect(called()).toBe(false);
      terminal.press("y", "Enter");
      expect(await terminal.see(/\[exit 0\]/)).toContain("Done.");
      expect(called()).toBe(true);
    } finally {
      await terminal.close();
    }
  }, 60_000);

  // simonw/llm#1147
  it("is asked also where stdin is a pipe, and a no is told to the model", async () => {
    const terminal = onTerminal("How is it < /dev/null");
    try {
      await terminal.see(/Call it\?/);
      terminal.press("n", "Enter");
      await terminal.see(/Done\.[\s\S]*\[exit 0\]/);
      expect(called()).toBe(false);
      expect(JSON.stringify(resultsTold(server))).toContain("refused this call");
    } finally {
      await terminal.close();
    }
  }, 60_000);

  it("holds for all calls of a tool with an always, and Ctrl-C ends the command", async () => {
    const calls = [{ name: "weather", input: { city: "A" } }, { name: "weather" }];
    await play([...calls, { name: "counter" }]);
    const terminal = onTerminal("How is it");
    try {
      await terminal.see(/Call it\?/);
      terminal.press("a", "Enter");
      await terminal.see(/→ weather \{\}\n→ counter \{\}.*\n.*Call it\?/);
      terminal.press("C-c");
      await terminal.see(/\[exit 130\]/);
      expect(server.requests).toHaveLength(1);
    } finally {
      await terminal.close();
    }
  }, 60_000);
});
