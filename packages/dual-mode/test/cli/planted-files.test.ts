import { chmodSync, chownSync, existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { collect, failureOf, Scene } from "./scene.ts";

const scene = new Scene();

/** Looks for a .env as Gemini CLI does: in its working folder, and in each above that. */
const search = `#!/usr/bin/env node
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
for (let at = process.cwd(); ; at = dirname(at)) {
  const file = join(at, ".env");
  if (existsSync(file)) console.log(readFileSync(file, "utf8") || "empty");
  if (existsSync(file) || at === dirname(at)) break;
}
`;

// google-gemini/gemini-cli#2493, #2989: a .env that lies above is taken for the CLI's own.
test("no .env that was put above a run's folders moves where its key goes", async () => {
  writeFileSync(join(scene.temp, ".env"), "VENDOR_BASE_URL=http://evil.example");
  const command = join(scene.folder, "search.mjs");
  writeFileSync(command, search, { mode: 0o755 });
  expect(await collect(scene.run(command).lines)).toEqual(["empty"]);
});

// anthropics/claude-code#14085: what is put into a folder that others hold may be another's a moment later.
test.skipIf(process.getuid?.() !== 0)(
  "nothing is run in a folder for temporary files of another user",
  async () => {
    chownSync(scene.temp, 65533, 65533);
    chmodSync(scene.temp, 0o1777);
    const { error } = await failureOf(scene.run("many-lines", { args: ["1"] }).lines);
    expect(error).toMatchObject({ code: "CLI_NOT_FOUND", fix: expect.stringContaining("TMPDIR") });
    expect(readdirSync(scene.temp)).toEqual([]);
  },
);

test("a command's own interpreter is not taken from a repository (oclif/plugin-plugins#1386)", async () => {
  const planted = join(scene.folder, "repo/node_modules/.bin");
  const marker = join(scene.folder, "planted node ran");
  mkdirSync(planted, { recursive: true });
  writeFileSync(join(planted, "node"), `#!/bin/sh\ntouch '${marker}'\n`, { mode: 0o755 });
  const env = { PATH: `${planted}:${process.env.PATH}` };
  expect(await collect(scene.run("many-lines", { args: ["1"] }, { env }).lines)).toHaveLength(1);
  expect(existsSync(marker)).toBe(false);
});
