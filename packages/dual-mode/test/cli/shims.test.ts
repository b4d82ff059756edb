import { chmodSync, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { probeVersion } from "../../src/cli/probe-version.ts";
import { collect, Scene } from "./scene.ts";

const scene = new Scene();

/** A shim of asdf in a home of its own, which finds its program only where asdf's rules do. */
function shim(script: readonly string[]) {
  const home = join(scene.folder, "me");
  const command = join(home, ".asdf", "shims", "claude");
  mkdirSync(dirname(command), { recursive: true });
  writeFileSync(command, ["#!/bin/sh", ...script].join("\n"));
  chmodSync(command, 0o755);
  return { home, command, env: { PATH: process.env.PATH, HOME: home } };
}

const byHome = [
  'if [ -f "$HOME/.tool-versions" ]; then echo "$HOME"; echo 1.2.3; exit 0; fi',
  'echo "No version is set for command claude" >&2',
  "exit 126",
];

describe("a shim of a version manager", () => {
  // asdf-vm/asdf#1999
  it("finds its program as in the user's home, and runs in a private one", async () => {
    const { home, command, env } = shim(byHome);
    writeFileSync(join(home, ".tool-versions"), "nodejs 22.0.0");
    writeFileSync(join(home, ".npmrc"), "token");
    const [privateHome = ""] = await collect(scene.run(command, {}, { env }).lines);
    expect(privateHome).not.toBe(home);
    expect(existsSync(join(home, ".tool-versions"))).toBe(true);
    const query = { install: "npm install -g it" };
    expect(await probeVersion(command, query, scene.context(command, { env }))).toEqual({
      version: "1.2.3",
    });
  });

  it("sees nothing else of the user's home", async () => {
    const { home, command, env } = shim(['ls -A "$HOME"']);
    for (const name of [".tool-versions", ".npmrc", ".claude.json"]) {
      writeFileSync(join(home, name), "");
    }
    const seen = await collect(scene.run(command, {}, { env }).lines);
    expect(seen.toSorted()).toEqual([".asdf", ".tool-versions"]);
  });

  it("that finds none is told as one, with what to do", async () => {
    const { command, env } = shim(byHome);
    const query = { install: "npm install -g it" };
    const found = await probeVersion(command, query, scene.context(command, { env }));
    expect(found).toMatchObject({
      availability: {
        code: "CLI_NOT_FOUND",
        reason: expect.stringMatching(/is a shim of asdf.*No version is set/),
        fix: expect.stringContaining("asdf which claude"),
      },
    });
  });

  it("is what PATH may lead a script's interpreter to, too", async () => {
    const { home, env } = shim([]);
    const node = join(home, ".asdf", "shims", "node");
    writeFileSync(node, '#!/bin/sh\n[ -f "$HOME/.tool-versions" ] && echo from a shim');
    chmodSync(node, 0o755);
    writeFileSync(join(home, ".tool-versions"), "");
    const command = join(scene.folder, "script");
    writeFileSync(command, "#!/usr/bin/env node\n", { mode: 0o755 });
    const path = `${dirname(node)}:${process.env.PATH}`;
    const run = scene.run(command, {}, { env: { ...env, PATH: path } });
    expect(await collect(run.lines)).toEqual(["from a shim"]);
  });
});

it("a command runs on the Node.js that it lies beside", async () => {
  const folder = join(scene.folder, "v22", "bin");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "node"), "#!/bin/sh\necho beside", { mode: 0o755 });
  writeFileSync(join(folder, "tool"), "#!/usr/bin/env node\n", { mode: 0o755 });
  expect(await collect(scene.run(join(folder, "tool")).lines)).toEqual(["beside"]);
});
