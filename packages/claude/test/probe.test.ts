import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { probeScene } from "./probe-scene.ts";

const scene = probeScene();

it("finds the command, its version and its login", async () => {
  writeFileSync(join(scene.folder, ".claude.json"), "{}");
  expect(await scene.look({ auth: '{ "loggedIn": true, "authMethod": "claude.ai" }' })).toEqual({
    available: true,
    command: join(scene.folder, "bin", "claude"),
    version: "2.1.330",
    login: true,
  });
});

it("does not ask for a login in a home that the CLI never saw", async () => {
  expect(await scene.look({ auth: '{ "loggedIn": true }' })).toMatchObject({ login: false });
});

it("leaves the login open where the version cannot tell", async () => {
  writeFileSync(join(scene.folder, ".claude.json"), "{}");
  expect(await scene.look({ version: "2.0.74" })).toEqual({
    available: true,
    command: join(scene.folder, "bin", "claude"),
    version: "2.0.74",
    supports: ["system", "multiTurn", "schema"],
  });
});

it("refuses a version that is too old, and says how to fix it", async () => {
  expect(await scene.look({ version: "2.0.73" })).toMatchObject({
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
  expect(await scene.look({ version })).toMatchObject({
    available: false,
    code: "CLI_TOO_OLD",
    reason: expect.stringContaining(why),
  });
});

it("refuses a command that is something else", async () => {
  expect(await scene.look({ version: "none" })).toMatchObject({ code: "CLI_NOT_FOUND" });
});

// Auto-claude-code-research#220
it("finds the version behind a notice", async () => {
  expect(await scene.look({ version: "Now using node v22.1.0\n2.1.330" })).toMatchObject({
    available: true,
    version: "2.1.330",
  });
});

// anthropics/claude-code#33251
it("takes the next of PATH where the first is too old or broken", async () => {
  for (const text of ["#!/bin/sh\necho '1.0.126 (Claude Code)'\n", "#!/nowhere/node\n"]) {
    const first = join(scene.folder, "first");
    mkdirSync(first, { recursive: true });
    writeFileSync(join(first, "claude"), text);
    chmodSync(join(first, "claude"), 0o755);
    expect(await scene.look({ before: first })).toMatchObject({
      available: true,
      command: join(scene.folder, "bin", "claude"),
    });
    expect(
      await scene.look({ version: "2.0.73", before: first }).catch((error) => error),
    ).toMatchObject(
      text.includes("126")
        ? { available: false, reason: expect.stringContaining("1.0.126") }
        : { code: "CLI_NOT_FOUND" },
    );
  }
});
