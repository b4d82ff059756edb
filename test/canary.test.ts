import { chmod, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inspect } from "node:util";
import { createClaude } from "@acc/claude";
import { openSecrets } from "@acc/secrets";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type AccHome, emptyHome } from "../packages/cli/test/acc.ts";
import { type LoopbackServer, startLoopbackServer } from "../scripts/loopback-server.ts";
import { refuses } from "../scripts/vendor-answers.ts";
import { canary, formsIn, planted } from "./canary-forms.ts";

/** A command that tells what it was given, quotes its key on both streams, and fails. */
const tellTale = (report: string) => `#!/usr/bin/env node
const { appendFileSync } = require("node:fs");
const args = process.argv.slice(2);
if (args[0] === "--version") { console.log("2.1.330 (Claude Code)"); process.exit(0); }
appendFileSync(${JSON.stringify(report)}, JSON.stringify({ args, env: process.env }) + "\\n");
console.error("the key is " + process.env.ANTHROPIC_API_KEY);
const said = "API Error: 500 with " + process.env.ANTHROPIC_API_KEY;
console.log(JSON.stringify({ type: "result", is_error: true, api_error_status: 500, result: said }));
process.exit(1);
`;

let home: AccHome;
let server: LoopbackServer;
let command: string;
let report: string;

beforeEach(async () => {
  home = await emptyHome();
  command = join(home.path, "tell-tale.cjs");
  report = join(home.path, "report.jsonl");
  await writeFile(command, tellTale(report));
  await chmod(command, 0o755);
  const message = `invalid x-api-key: ${canary} (${encodeURIComponent(canary)})`;
  server = await startLoopbackServer(refuses("claude", 500, { message }));
});

afterEach(async () => {
  await server.close();
  await home.remove();
});

async function filesOf(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter(
    (entry) => entry.isFile() && join(entry.parentPath, entry.name) !== report,
  );
  const texts = files.map((file) => readFile(join(file.parentPath, file.name), "latin1"));
  return (await Promise.all(texts)).join("\n");
}

describe("a known key", () => {
  it("shows nowhere in the life of a command: set, doctor, failed CLI and SDK runs, errors, files", async () => {
    const env = {
      ANTHROPIC_BASE_URL: server.url,
      ACC_CLAUDE_CLI: command,
      TMPDIR: home.path,
      OTHER_API_KEY: "sk-other-key-0001",
    };
    const set = await home.acc(["secrets", "set", "anthropic_api_key"], {
      env,
      stdin: `${canary}\n`,
    });
    expect(set.code).toBe(0);
    const runs = [set];
    for (const args of [
      ["doctor"],
      ["doctor", "--json"],
      ["secrets", "list"],
      ["chat", "-p", "claude", "--only", "sdk", "hi"],
      ["chat", "-p", "claude", "--only", "cli", "hi"],
      ["chat", "-p", "claude", "--json", "hi"],
    ]) {
      runs.push(await home.acc(args, { env }));
    }
    const failed = runs.slice(4);
    expect(failed.map(({ code }) => code)).toEqual([1, 1, 1]);
    expect(failed.map(({ stderr }) => stderr).join()).toContain("[redacted]");
    expect(formsIn(runs.map(({ stdout, stderr }) => stdout + stderr).join("\n"))).toEqual([]);

    const keptByOthers = await filesOf(home.path);
    expect(formsIn(keptByOthers)).toEqual([]);
    await writeFile(join(home.path, "plant"), planted);
    expect(formsIn(await filesOf(home.path))).toHaveLength(6);

    const told = (await readFile(report, "utf8"))
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(told.length).toBeGreaterThan(0);
    for (const { args, env: given } of told) {
      expect(formsIn(JSON.stringify(args))).toEqual([]);
      const { ANTHROPIC_API_KEY: own, ...others } = given;
      expect(formsIn(own)).toContain("raw");
      expect(formsIn(JSON.stringify(others))).toEqual([]);
      expect(JSON.stringify(given)).not.toContain("sk-other-key-0001");
    }
    expect(formsIn(JSON.stringify(server.requests))).toContain("raw");
  });

  it("shows nowhere in what a program sees: errors with their causes, events, logs, inspect", async () => {
    const directory = join(home.path, "store");
    const secrets = await openSecrets({ directory, env: {}, audit: { reads: true } });
    await secrets.set("anthropic_api_key", canary);
    const seen: string[] = [];
    const claude = createClaude({
      secrets,
      baseUrl: server.url,
      cliPath: command,
      billing: "key",
      cache: false,
      retry: 0,
      onEvent: (event) => seen.push(JSON.stringify(event), inspect(event, { depth: 9 })),
    });
    const error = await claude.chat("hi").catch((thrown: unknown) => thrown);
    seen.push(inspect(error, { depth: 9, showHidden: true }), JSON.stringify(error), String(error));
    seen.push(inspect(await secrets.get("anthropic_api_key"), { showHidden: true }));
    seen.push(inspect(claude, { depth: 9, showHidden: true }), inspect(await claude.status()));
    expect(seen.join("\n")).toContain('"type":"error"');
    expect(formsIn(seen.join("\n"))).toEqual([]);
    expect(formsIn([...seen, planted].join("\n"))).toHaveLength(6);
    expect(formsIn(await filesOf(directory))).toEqual([]);
    await claude.close();
    await secrets.close();
  });
});
