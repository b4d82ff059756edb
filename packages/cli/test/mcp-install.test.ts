import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "jsonc-parser";
import { describe, expect, it } from "vitest";
import { accMain } from "./acc.ts";
import { homeAnew } from "./home-anew.ts";

const home = homeAnew();

const at = (name: string) => join(home.path, name);
const read = (name: string) => readFileSync(at(name), "utf8");
const own = { command: process.execPath, args: [accMain, "mcp"] };

function write(name: string, text: string): void {
  mkdirSync(dirname(at(name)), { recursive: true });
  writeFileSync(at(name), text);
}

const install = (...args: readonly string[]) => home.acc(["mcp", "install", ...args]);

describe.each([
  ["claude", ".claude.json", { type: "stdio", ...own }],
  ["gemini", ".gemini/settings.json", own],
  ["cursor", ".cursor/mcp.json", own],
])("acc mcp install %s", (agent, file, entry) => {
  it("makes the file, for its owner alone, and a second time changes nothing", async () => {
    expect(await install(agent, "--yes")).toMatchObject({ code: 0 });
    expect(JSON.parse(read(file))).toEqual({ mcpServers: { acc: entry } });
    expect(statSync(at(file)).mode & 0o077).toBe(0);
    const before = statSync(at(file)).ino;
    const again = await install(agent);
    expect([again.code, again.stderr]).toEqual([0, expect.stringContaining("has it already")]);
    expect(statSync(at(file)).ino).toBe(before);
  });

  // microsoft/vscode#281583, supermemoryai/install-mcp#41: comments, or all else, were gone.
  it("keeps other servers, comments, rights and the link that it is", async () => {
    const text = `{\n  // mine\n  "theme": "dark",\n  "mcpServers": { "other": { "command": "x" } },\n}\n`;
    write("dotfiles/agent.json", text);
    chmodSync(at("dotfiles/agent.json"), 0o640);
    mkdirSync(dirname(at(file)), { recursive: true });
    symlinkSync(at("dotfiles/agent.json"), at(file));
    expect(await install(agent, "--yes")).toMatchObject({ code: 0 });
    expect(lstatSync(at(file)).isSymbolicLink()).toBe(true);
    expect(read(file)).toContain("// mine");
    const other = { command: "x" };
    const acc = expect.objectContaining(own);
    expect(parse(read(file))).toEqual({ theme: "dark", mcpServers: { other, acc } });
    expect(statSync(at("dotfiles/agent.json")).mode & 0o777).toBe(0o640);
  });

  it("changes no file that it does not understand", async () => {
    for (const text of ['{ "mcpServers": [] }', '{ "mcpServers": {', "[]"]) {
      write(file, text);
      const run = await install(agent, "--yes");
      expect([run.code, run.stderr]).toEqual([1, expect.stringContaining("FILE_NOT_UNDERSTOOD")]);
      expect(read(file)).toBe(text);
    }
  });
});

describe("acc mcp install codex", () => {
  const file = ".codex/config.toml";
  const table = `[mcp_servers.acc]\ntool_timeout_sec = 600\ncommand = "${process.execPath}"\nargs = ["${accMain}", "mcp"]\n`;

  it("puts a table behind what is there", async () => {
    write(file, '# mine\nmodel = "o"\n\n[mcp_servers.other]\ncommand = "x"');
    expect(await install("codex", "--yes")).toMatchObject({ code: 0 });
    expect(read(file)).toBe(
      `# mine\nmodel = "o"\n\n[mcp_servers.other]\ncommand = "x"\n\n${table}`,
    );
    expect((await install("codex")).stderr).toContain("has it already");
  });

  it("replaces its own table where it is told to, and nothing else", async () => {
    write(file, '[mcp_servers.acc]\ncommand = "old"\n\n[features]\na = true\n');
    const refused = await install("codex", "--yes");
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining("ALREADY_ADDED")]);
    expect(await install("codex", "--yes", "--replace")).toMatchObject({ code: 0 });
    expect(read(file)).toBe(`${table}\n[features]\na = true\n`);
  });

  it.each([
    'mcp_servers = { acc = { command = "x" } }\n',
    'mcp_servers.acc.command = "x"\n',
    "[mcp_servers]\nacc = { command = 'x' }\n",
    "[mcp_servers.acc.env]\nA = 'b'\n",
  ])("leaves another form to its owner, and says what to add: %j", async (text) => {
    write(file, text);
    const run = await install("codex", "--yes");
    expect([run.code, run.stderr]).toEqual([1, expect.stringContaining("[mcp_servers.acc]")]);
    expect(read(file)).toBe(text);
  });
});

describe("acc mcp install", () => {
  it("writes nothing where nobody says yes, or where it is only to show it", async () => {
    const silent = await install("claude");
    expect([silent.code, silent.stderr]).toEqual([2, expect.stringContaining("NOT_CONFIRMED")]);
    const shown = await install("gemini", "--show");
    expect(shown).toMatchObject({ code: 0, stdout: expect.stringContaining('"mcpServers"') });
    expect([existsSync(at(".claude.json")), existsSync(at(".gemini"))]).toEqual([false, false]);
  });

  it("takes flags for the server, and replaces another entry only with --replace", async () => {
    await install("claude", "--yes");
    const flags = ["--", "--max-cost", "2"];
    const refused = await install("claude", "--yes", ...flags);
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining("--replace")]);
    await install("claude", "--yes", "--replace", ...flags);
    const { mcpServers } = JSON.parse(read(".claude.json"));
    expect(mcpServers.acc.args).toEqual([accMain, "mcp", "--max-cost", "2"]);
  });

  it("names the command by its name where a shell finds this one by it", async () => {
    mkdirSync(at("bin"));
    symlinkSync(accMain, at("bin/acc"));
    const env = { PATH: `${at("bin")}:${dirname(process.execPath)}:/bin` };
    await home.acc(["mcp", "install", "cursor", "--yes"], { env });
    expect(JSON.parse(read(".cursor/mcp.json")).mcpServers.acc).toEqual({
      ...{ command: "acc", args: ["mcp"] },
    });
  });

  it("finds the file where its agent is told that it is", async () => {
    const env = { CODEX_HOME: at("codex"), CLAUDE_CONFIG_DIR: at("claude") };
    for (const agent of ["codex", "claude"]) {
      await home.acc(["mcp", "install", agent, "--yes"], { env });
    }
    expect(existsSync(at("codex/config.toml"))).toBe(true);
    expect(existsSync(at("claude/.claude.json"))).toBe(true);
  });

  it("knows an agent by its name alone", async () => {
    const run = await install("cursr");
    expect([run.code, run.stderr]).toEqual([2, expect.stringContaining("Did you mean cursor?")]);
  });
});
