import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { accMain } from "../../packages/cli/test/acc.ts";
import { processesWith } from "../../packages/dual-mode/test/cli/process-table.ts";
import {
  type LoopbackServer,
  type RawRequest,
  startLoopbackServer,
} from "../../scripts/loopback-server.ts";
import { plays, type Vendor } from "../../scripts/vendor-answers.ts";
import { textsIn } from "./received.ts";
import { patience } from "./served-scene.ts";
import { clis } from "./targets.ts";
import { asksFor } from "./tool-answers.ts";
import { writeFiles } from "./used-home.ts";

/** One server plays both vendors: who is asked is told by the path. */
let vendors: LoopbackServer;
let root = "";
const home = () => join(root, "home");
const folder = () => join(root, "project");

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), "acc-e2e-mcp-"));
  for (const name of ["home", "project", "temp"]) mkdirSync(join(root, name));
  vendors = await startLoopbackServer(() => undefined);
  // Some agents keep variables that look like keys from the servers that they start.
  keep("anthropic_api_key");
  keep("gemini_api_key");
});

afterEach(async () => {
  try {
    await expect.poll(() => processesWith(`ACC_E2E_RUN=${root}`), patience).toEqual([]);
  } finally {
    for (const pid of processesWith(`ACC_E2E_RUN=${root}`)) process.kill(pid, "SIGKILL");
    await vendors.close();
    rmSync(root, { recursive: true, force: true });
  }
});

const env = () => ({
  ...{ PATH: process.env.PATH, HOME: home(), TMPDIR: join(root, "temp"), ACC_E2E_RUN: root },
  ...{ ANTHROPIC_API_KEY: "dummy-key-of-claude", ANTHROPIC_BASE_URL: vendors.url },
  ...{ GEMINI_API_KEY: "dummy-key-of-gemini", GOOGLE_GEMINI_BASE_URL: vendors.url },
  ...{ CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1", GEMINI_CLI_TRUST_WORKSPACE: "true" },
});

function acc(...args: readonly string[]): string {
  const run = spawnSync(process.execPath, [accMain, ...args], {
    ...{ cwd: folder(), env: env(), encoding: "utf8" },
    input: "dummy-key-of-a-store",
  });
  expect(run, run.stderr).toMatchObject({ status: 0 });
  return run.stdout;
}

function keep(name: string): void {
  acc("secrets", "set", name);
}

async function run(command: string, args: readonly string[]): Promise<string> {
  const child = spawn(command, args, { cwd: folder(), env: env() });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => said.push(text));
  child.stdin.end();
  await once(child, "close");
  return said.join("");
}

const vendorOf = ({ path }: RawRequest): Vendor =>
  path.includes("/messages") ? "claude" : "gemini";
const textsOf = ({ body }: RawRequest) => textsIn(JSON.parse(body || "{}"));
const askedOf = (vendor: Vendor) =>
  vendors.requests.filter((request) => vendorOf(request) === vendor && request.method === "POST");

/** The agent's model asks another through the tool, and then says what it was told. */
function playAgent(agent: Vendor, other: Vendor): void {
  const input = { prompt: "Is the sea salty?", provider: other };
  const tool = { claude: "mcp__acc__ask", gemini: "acc_ask" }[agent as "claude" | "gemini"];
  vendors.answer = (response, request) => {
    if (vendorOf(request) === other)
      return plays(other, "Yes, ", "by its salts.")(response, request);
    const isTold = textsOf(request).some((text) => text.includes("by its salts."));
    if (isTold) return plays(agent, "It says yes.")(response, request);
    return asksFor(agent, "I ask. ", [{ tool, input }])(response, request);
  };
}

const claudes = clis.filter(({ vendor }) => vendor === "claude");
const geminis = clis.filter(({ vendor }) => vendor === "gemini");

describe.each(claudes)("Claude Code, $name", ({ command }) => {
  const ask = async (...flags: readonly string[]) =>
    JSON.parse(
      await run(command, ["-p", ...flags, "--output-format", "json", "Ask Gemini of the sea."]),
    );

  it("asks Gemini through the server that acc mcp install has registered", async () => {
    acc("mcp", "install", "claude", "--yes");
    playAgent("claude", "gemini");
    const ended = await ask("--allowedTools", "mcp__acc__ask");
    expect(ended).toMatchObject({ is_error: false, result: "It says yes." });
    expect(askedOf("gemini")).toHaveLength(1);
    expect(askedOf("gemini")[0]?.body).toContain("Is the sea salty?");
    expect(askedOf("claude").flatMap(textsOf).join()).toContain("by its salts.");
  });

  it("lists it as connected", async () => {
    acc("mcp", "install", "claude", "--yes");
    expect(await run(command, ["mcp", "list"])).toMatch(/acc.*Connected/);
  });
});

describe.each(geminis)("Gemini CLI, $name", ({ command }) => {
  it("asks Claude through the server that acc mcp install has registered", async () => {
    const settings = { security: { auth: { selectedType: "gemini-api-key" } } };
    writeFiles(home(), { ".gemini/settings.json": JSON.stringify(settings) });
    acc("mcp", "install", "gemini", "--yes");
    playAgent("gemini", "claude");
    const said = await run(process.execPath, [command, "--yolo", "-p", "Ask Claude of the sea."]);
    expect(said).toContain("It says yes.");
    expect(askedOf("claude")).toHaveLength(1);
    expect(askedOf("claude")[0]?.body).toContain("Is the sea salty?");
  });
});

describe.each(clis.filter(({ vendor }) => vendor === "openai"))("Codex, $name", ({ command }) => {
  it("reads what acc mcp install has written behind its settings", async () => {
    writeFiles(home(), {
      ".codex/config.toml": 'model = "gpt-5.5"\n\n[features]\nweb_search = true',
    });
    acc("mcp", "install", "codex", "--yes", "--", "--max-calls", "20");
    const said = await run(process.execPath, [command, "mcp", "list", "--json"]);
    expect(JSON.parse(said.slice(said.indexOf("[")))).toMatchObject([
      {
        name: "acc",
        tool_timeout_sec: 600,
        transport: { command: process.execPath, args: [accMain, "mcp", "--max-calls", "20"] },
      },
    ]);
  });
});
