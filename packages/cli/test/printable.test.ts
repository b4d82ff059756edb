import { appendFile, readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { startLoopbackServer } from "../../../scripts/loopback-server.ts";
import { plays } from "../../../scripts/vendor-answers.ts";
import { testKey } from "./acc.ts";
import { homeAnew } from "./home-anew.ts";

const home = homeAnew();

const hostile = "\u001b]0;title\u0007one\ttwo\nthree\u007f\u009b31m\r";

async function keepAnswer(): Promise<void> {
  const vendor = await startLoopbackServer(plays("claude", hostile));
  const env = { ANTHROPIC_API_KEY: testKey, ANTHROPIC_BASE_URL: vendor.url };
  const { code } = await home.acc(["chat", "-p", "claude", "--only", "sdk", "hi"], { env });
  await vendor.close();
  expect(code).toBe(0);
}

async function auditFile(): Promise<string> {
  const files = await readdir(home.path, { recursive: true });
  const name = files.find((file) => /audit[^/]*$/.test(file));
  return join(home.path, name ?? "there is no audit");
}

/** A store with one key, and these lines behind those of its audit. */
async function tamperedAudit(...lines: readonly string[]): Promise<void> {
  await home.acc(["secrets", "set", "groq_api_key"], { stdin: testKey });
  const path = await auditFile();
  expect(await readFile(path, "utf8")).toContain("groq_api_key");
  await appendFile(path, lines.map((line) => `${line}\n`).join(""));
}

describe("what others wrote", () => {
  it("is listed by cache list without a control character", async () => {
    await keepAnswer();
    const { stdout } = await home.acc(["cache", "list"]);
    expect(stdout).toContain("\\x1b]0;title\\x07one two three\\x7f");
    expect(stdout.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
  });

  it("is shown by cache show with its lines and tabs, and no other control character", async () => {
    await keepAnswer();
    const shown = await home.acc(["cache", "show", "baf"]);
    expect(shown.stdout).toContain("\n\n\\x1b]0;title\\x07one\ttwo\nthree\\x7f\\x9b31m\\x0d\n");
    const json = await home.acc(["cache", "show", "baf", "--json"]);
    expect(JSON.parse(json.stdout).text).toBe(hostile);
  });

  it("is shown by secrets audit in its line, without a control character", async () => {
    const line = { time: "now", actor: "\u001b[2J\nroot", action: "get", outcome: "ok\u009b" };
    await tamperedAudit(JSON.stringify(line));
    const { code, stdout } = await home.acc(["secrets", "audit"]);
    expect(code).toBe(1);
    expect(stdout).toContain("\nnow  \\x1b[2J\\x0aroot  get  ok\\x9b\n");
    expect(stdout.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
    const json = JSON.parse((await home.acc(["secrets", "audit", "--json"])).stdout);
    expect(json.entries.at(-1)).toEqual(line);
  });

  it.each([["{}"], ["5"], ["null"], ["no JSON"], ['{"time":1}']])(
    "is called no entry of the audit log where it is %s",
    async (line) => {
      await tamperedAudit(line);
      const { code, stdout } = await home.acc(["secrets", "audit"]);
      expect(code).toBe(1);
      expect(stdout).toContain("\nnot an entry of the audit log\n");
      expect(stdout).not.toContain("undefined");
    },
  );
});
