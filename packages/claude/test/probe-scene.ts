import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach } from "vitest";
import { probe } from "../src/cli/probe.ts";

const fixture = fileURLToPath(new URL("fixtures/claude.mjs", import.meta.url));

export function probeScene() {
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

  return {
    get folder() {
      return folder;
    },
    look,
  };
}
