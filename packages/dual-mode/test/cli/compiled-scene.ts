import { existsSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, vi } from "vitest";
import { nodeBinary } from "../../../../test/node-versions/node-binary.ts";
import type { CommandContext } from "../../src/cli/command.ts";
import { runCommand } from "../../src/cli/run-command.ts";
import { collect, Scene } from "./scene.ts";

export const scene = new Scene();
export const node = nodeBinary(22);

/** Says which folder it was given, and answers each line of its stdin. */
export const program = `#!/usr/bin/env node
import { answer } from "./answer.mjs";
import { createInterface } from "node:readline";
const cache = process.env.NODE_COMPILE_CACHE;
for await (const line of createInterface({ input: process.stdin }))
  console.log(JSON.stringify({ cache, line: answer(line), node: process.version }));
`;

export const at = (...names: string[]) => join(scene.folder, ...names);
export const all = () => at("cache", "compiled");
export const keyFile = () => at("home", ".local", "state", "acc", "compiled-code.key");

beforeEach(() => {
  const set = {
    HOME: at("home"),
    ACC_CACHE_DIR: at("cache"),
    XDG_STATE_HOME: undefined,
    NODE_DISABLE_COMPILE_CACHE: undefined,
  };
  for (const [name, value] of Object.entries(set)) vi.stubEnv(name, value);
  mkdirSync(at("tool"));
  writeFileSync(at("tool", "answer.mjs"), 'export const answer = (text) => "heard " + text;\n');
  writeFileSync(at("tool", "cli.mjs"), program, { mode: 0o755 });
});

/** A PATH with this Node.js: in the project's own folder it is taken by no run. */
export function pathWith(line: 22 | 24 | 26): string {
  const folder = at(`node-${line}`);
  mkdirSync(folder, { recursive: true });
  const link = join(folder, "node");
  if (!existsSync(link)) symlinkSync(nodeBinary(line) ?? "", link);
  return `${folder}:${process.env.PATH}`;
}

export function contextOf(more: Partial<CommandContext> = {}): CommandContext {
  const { cliEnv, ...others } = more;
  return scene.context(at("tool", "cli.mjs"), {
    env: { PATH: pathWith(22) },
    cliEnv: { NODE_DEBUG_NATIVE: "COMPILE_CACHE", ...cliEnv },
    version: "1.0.0",
    ...others,
  });
}

export interface Told {
  /** The folder that the command was given. */
  readonly cache?: string;
  /** Files whose compiled code Node.js has taken. */
  readonly accepted: number;
}

export async function run(more: Partial<CommandContext> = {}): Promise<Told> {
  const plan = { args: [], stdin: "hi\n", keepsCompiledCode: true };
  const { lines, exit } = runCommand(contextOf(more), () => plan);
  const [line = ""] = (await collect(lines)).filter((each) => each.startsWith("{"));
  const { cache, line: heard } = JSON.parse(line);
  expect(heard).toBe("heard hi");
  const { stderr } = await exit;
  return { cache, accepted: stderr.match(/cache for \S+ was accepted/g)?.length ?? 0 };
}

export const names = () => (existsSync(all()) ? readdirSync(all()) : []);

/** Runs it once, and gives what is kept. */
export async function kept(): Promise<string> {
  await run();
  const [name = ""] = names();
  expect(name).toMatch(/^cli-/);
  return join(all(), name);
}

/** A file of what is kept in a folder. */
export function someFile(folder: string): string {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const found = paths.find((path) => path.includes("/"));
  return join(folder, found ?? "");
}
