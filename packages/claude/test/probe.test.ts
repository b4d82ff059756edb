import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { probe } from "../src/cli/probe.ts";

const fixture = fileURLToPath(new URL("fixtures/claude.mjs", import.meta.url));
let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "acc-claude-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A `claude` of this version on PATH, which says this of its login. */
function look({ version = "2.1.330", auth = "", before = "" } = {}) {
  const bin = join(folder, "bin");
  mkdirSync(bin, { recursive: true });
  const script = [
    "#!/bin/sh",
    `PLAY_VERSION='${version}' PLAY_AUTH='${auth}' exec '${process.execPath}' '${bin}/play.mjs' "$@"`,
  ];
  copyFileSync(fixture, join(bin, "play.mjs"));
  writeFileSync(join(bin, "claude"), script.join("\n"));
  chmodSync(join(bin, "claude"), 0o755);
  return probe({
    options: {},
    cliPath: undefined,
    env: { PATH: `${before}:${bin}`, HOME: folder },
    signal: new AbortController().signal,
    cliEnv: {},
    logger: { debug: () => {} },
  });
}

it("finds the command, its version and its login", async () => {
  writeFileSync(join(folder, ".claude.json"), "{}");
  expect(await look({ auth: '{ "loggedIn": true, "authMethod": "claude.ai" }' })).toEqual({
    available: true,
    command: join(folder, "bin", "claude"),
    version: "2.1.330",
    login: true,
  });
});

it("does not ask for a login in a home that the CLI never saw", async () => {
  expect(await look({ auth: '{ "loggedIn": true }' })).toMatchObject({ login: false });
});

it("leaves the login open where the version cannot tell", async () => {
  writeFileSync(join(folder, ".claude.json"), "{}");
  expect(await look({ version: "2.0.74" })).toEqual({
    available: true,
    command: join(folder, "bin", "claude"),
    version: "2.0.74",
    supports: ["system", "multiTurn", "schema"],
  });
});

it("refuses a version that is too old, and says how to fix it", async () => {
  expect(await look({ version: "2.0.73" })).toMatchObject({
    available: false,
    code: "CLI_TOO_OLD",
    fix: "npm install -g @anthropic-ai/claude-code@latest",
  });
});

// anthropics/claude-code#16673, anthropics/claude-code#21506
it.each([
  ["2.1.0", "ends at its start"],
  ["2.1.22", "hangs"],
])("leaves out %s, which is known to fail, with the reason", async (version, why) => {
  expect(await look({ version })).toMatchObject({
    available: false,
    code: "CLI_TOO_OLD",
    reason: expect.stringContaining(why),
  });
});

it("refuses a command that is something else", async () => {
  expect(await look({ version: "none" })).toMatchObject({ code: "CLI_NOT_FOUND" });
});

// Auto-claude-code-research#220
it("finds the version behind a notice", async () => {
  expect(await look({ version: "Now using node v22.1.0\n2.1.330" })).toMatchObject({
    available: true,
    version: "2.1.330",
  });
});

// garrytan/gstack#2737: a keychain asks somebody who is not there
it("leaves the login open where nobody hears of it in time", async () => {
  writeFileSync(join(folder, ".claude.json"), "{}");
  const found = await look({ auth: "stays" });
  expect(found).toMatchObject({ available: true, version: "2.1.330" });
  expect(found).not.toHaveProperty("login");
});

// anthropics/claude-code#33251
it("takes the next of PATH where the first is too old or broken", async () => {
  for (const text of ["#!/bin/sh\necho '1.0.126 (Claude Code)'\n", "#!/nowhere/node\n"]) {
    const first = join(folder, "first");
    mkdirSync(first, { recursive: true });
    writeFileSync(join(first, "claude"), text);
    chmodSync(join(first, "claude"), 0o755);
    expect(await look({ before: first })).toMatchObject({
      available: true,
      command: join(folder, "bin", "claude"),
    });
    expect(await look({ version: "2.0.73", before: first }).catch((error) => error)).toMatchObject(
      text.includes("126")
        ? { available: false, reason: expect.stringContaining("1.0.126") }
        : { code: "CLI_NOT_FOUND" },
    );
  }
});
