import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { probe } from "../src/cli/probe.ts";

let folder = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "acc-gemini-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A `gemini` as npm installs it: a link to a file of its package. */
function installPackage(version: string): void {
  const bundle = join(folder, "lib/gemini-cli/bundle");
  mkdirSync(bundle, { recursive: true });
  mkdirSync(join(folder, "bin"));
  const manifest = JSON.stringify({ name: "@google/gemini-cli", version });
  writeFileSync(join(folder, "lib/gemini-cli/package.json"), manifest);
  writeScript(join(bundle, "gemini.js"), "exit 1");
  symlinkSync(join(bundle, "gemini.js"), join(folder, "bin/gemini"));
}

function writeScript(path: string, body: string): void {
  writeFileSync(path, `#!/bin/sh\n${body}\n`);
  chmodSync(path, 0o755);
}

function look() {
  return probe({
    options: {},
    cliPath: undefined,
    env: { PATH: join(folder, "bin"), HOME: folder },
    signal: new AbortController().signal,
    cliEnv: {},
    logger: { debug: () => {} },
  });
}

it("reads the version from the package, without running it", async () => {
  installPackage("0.61.0");
  expect(await look()).toMatchObject({ available: true, version: "0.61.0" });
});

it("asks a command that no package is around", async () => {
  mkdirSync(join(folder, "bin"));
  writeScript(join(folder, "bin/gemini"), "echo 0.70.1");
  expect(await look()).toMatchObject({ available: true, version: "0.70.1" });
});

it("refuses a version that was never tried", async () => {
  installPackage("0.60.9");
  expect(await look()).toMatchObject({ available: false, code: "CLI_TOO_OLD" });
});

it("refuses a command that is something else", async () => {
  mkdirSync(join(folder, "bin"));
  writeScript(join(folder, "bin/gemini"), "echo Gemini, a browser");
  expect(await look()).toMatchObject({ available: false, code: "CLI_NOT_FOUND" });
});

// evanw/esbuild#4048, ember-cli/ember-cli#3238, yarnpkg/yarn#8386
it.each([
  ["empty", ""],
  ["with a comment", "{ // mine\n}"],
  ["null", "null"],
  ["cut", '{"name": "x"'],
  ["of another form", '{"name": "@google/gemini-cli", "version": 5}'],
])("asks a command above which a package.json is %s", async (_, manifest) => {
  mkdirSync(join(folder, "bin"));
  writeFileSync(join(folder, "package.json"), manifest);
  writeScript(join(folder, "bin/gemini"), "echo 0.61.0");
  expect(await look()).toMatchObject({ available: true, version: "0.61.0" });
});
