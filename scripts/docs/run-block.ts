import { spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { text } from "node:stream/consumers";
import { root } from "../steps/root.ts";
import type { ShellCommand } from "./shell-commands.ts";

/** What a person types into a command; the others get an empty stdin. */
const typed: readonly (readonly [command: RegExp, lines: string])[] = [
  [/^acc chat -i$/, "Hello\n/exit"],
  [/^acc secrets set /, "sk-ant-dummy-typed-by-nobody"],
];

const programs = { acc: "cli/dist/main.cjs", "acc-groq": "groq/dist/acc-groq.js" };

/**
 * Runs a block in one shell, as its reader would: of a package's README or the guide in a folder and a
 * home that are empty, of other documents at the root. Answers come from a server on loopback.
 */
export async function runBlock(block: readonly ShellCommand[], url: string): Promise<string[]> {
  const home = mkdtempSync(join(tmpdir(), "acc-docs-"));
  const isUsers = /^(packages|docs\/guide)\//.test(block[0]?.at ?? "");
  try {
    const env = {
      ...surroundings(home, url),
      ...(isUsers ? { HOME: home } : { ACC_LOG: "off" }),
    };
    const cwd = isUsers ? changedFolder(home) : root;
    const child = spawn("bash", ["-eo", "pipefail", "-c", scriptOf(block)], {
      ...{ cwd, env, timeout: 240_000 },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const exited = new Promise<number | null>((resolve) => child.once("exit", resolve));
    const [said, wrong, status] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      exited,
    ]);
    if (status === 0) return [];
    const at = wrong
      .match(/^AT (.*)$/gm)
      ?.at(-1)
      ?.slice("AT ".length);
    return [`${at} ended with ${status}:\n${said}${wrong}`];
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function scriptOf(block: readonly ShellCommand[]): string {
  return block
    .map(({ at, text: command }) => {
      const lines = typed.find(([form]) => form.test(command))?.[1] ?? "";
      return `echo 'AT ${at}' >&2\n{ ${command}\n} <<'TYPED'\n${lines}\nTYPED`;
    })
    .join("\n");
}

/** Where npx gets pnpm from, if this machine has a registry of its own. */
const registry = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => /^npm_config_registry$/i.test(name)),
);

function surroundings(home: string, url: string): NodeJS.ProcessEnv {
  const commands = join(home, ".commands");
  mkdirSync(commands);
  for (const [name, path] of Object.entries(programs)) {
    const shim = `#!/bin/sh\nexec "${process.execPath}" "${join(root, "packages", path)}" "$@"\n`;
    writeFileSync(join(commands, name), shim);
    chmodSync(join(commands, name), 0o755);
  }
  return {
    PATH: `${commands}${delimiter}${process.env.PATH}`,
    HOME: process.env.HOME,
    ...registry,
    TMPDIR: home,
    ANTHROPIC_API_KEY: "sk-ant-dummy-for-the-mock-server",
    GROQ_API_KEY: "gsk-dummy-for-the-mock-server",
    ANTHROPIC_BASE_URL: url,
    GOOGLE_GEMINI_BASE_URL: url,
    GROQ_BASE_URL: url,
  };
}

/** A folder under git with a change in it, so that `git diff` has something to say. */
function changedFolder(home: string): string {
  const folder = join(home, "work");
  mkdirSync(folder);
  const git = (...args: string[]) => spawnSync("git", ["-C", folder, ...args]);
  git("init", "--quiet");
  writeFileSync(join(folder, "notes.txt"), "one\n");
  git("add", ".");
  writeFileSync(join(folder, "notes.txt"), "two\n");
  return folder;
}
