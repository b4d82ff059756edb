import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { strayFiles } from "./strays.ts";
import type { Target } from "./targets.ts";

/** Contents by path below the home. */
export type Files = Readonly<Record<string, string>>;

const usedBefore = new Map<string, Files>();

/** Fills a home as its owner has it, who has used this CLI before: at first use a CLI writes there. */
export function fillHome(home: string, { command, vendor }: Target): void {
  writeFiles(home, vendor === "claude" ? leftByFirstUse(command) : strayFiles);
}

export function writeFiles(home: string, files: Files): void {
  for (const [name, content] of Object.entries(files)) {
    const path = join(home, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content, { mode: 0o600 });
  }
}

function leftByFirstUse(command: string): Files {
  const known = usedBefore.get(command) ?? firstUse(command);
  usedBefore.set(command, known);
  return known;
}

function firstUse(command: string): Files {
  const folder = mkdtempSync(join(tmpdir(), "acc-e2e-owner-"));
  const home = join(folder, "home");
  writeFiles(home, strayFiles);
  useAsOwner(command, home, folder);
  useAsOwner(command, home, folder);
  const files = readdirSync(home, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [relative(home, path), readFileSync(path, "utf8")]);
  rmSync(folder, { recursive: true });
  return Object.fromEntries(files);
}

/** Where nobody answers. `claude auth status` would not do: it ends before it has noted all. */
function useAsOwner(command: string, home: string, cwd: string): void {
  const args = ["-p", "--no-session-persistence", "--setting-sources", "", "--strict-mcp-config"];
  const env = {
    ...{ PATH: process.env.PATH, HOME: home, TMPDIR: cwd },
    ...{ ANTHROPIC_API_KEY: "dummy-key", ANTHROPIC_BASE_URL: "http://127.0.0.1:9" },
    ...{ CLAUDE_CODE_MAX_RETRIES: "0", CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1" },
  };
  spawnSync(command, args, { env, cwd, input: "Hello" });
}
