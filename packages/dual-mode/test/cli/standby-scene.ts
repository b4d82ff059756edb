import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Secret } from "@acc/secrets";
import { afterEach, expect, vi } from "vitest";
import type { CommandContext, CommandPlan, StandbyRules } from "../../src/cli/command.ts";
import { runCommand } from "../../src/cli/run-command.ts";
import { dropStandbysOf } from "../../src/cli/standby/pool.ts";
import type { StandbyWish } from "../../src/contract/mode-context.ts";
import { Scene } from "./scene.ts";

export const scene = new Scene();

export const owner = {};

export const patience = { timeout: 30_000, interval: 20 };

export interface Asked {
  readonly words?: readonly string[];
  readonly files?: Readonly<Record<string, string>>;
  readonly wish?: Partial<StandbyWish>;
  readonly rules?: StandbyRules;
  readonly context?: Partial<CommandContext>;
  readonly plan?: Partial<CommandPlan>;
  readonly command?: string;
  /** What each plan waits for. */
  readonly before?: () => Promise<void>;
}

export interface Said {
  readonly pid: number;
  readonly heard: string;
  /** Whether a process that had waited said it. */
  readonly warm: boolean;
}

afterEach(() => dropStandbysOf(owner));

export function start(word: string, asked: Asked = {}) {
  const claimed = vi.fn();
  const { words = [], files = {}, wish, rules = {}, context, plan, before } = asked;
  const standby = { count: 1, ttl: 60_000, owner, scope: "", secrets: [], claimed, ...wish };
  const run = runCommand(
    scene.context(asked.command ?? "waits-for-word", { standby, ...context }),
    async (folder) => {
      await before?.();
      for (const [name, content] of Object.entries(files)) await folder.write(name, content);
      const stdin = `${rules.first ?? ""}${word}\n`;
      return { args: [notes(), ...words], stdin, dialogue: true, expendable: true, ...plan };
    },
    { standby: rules },
  );
  return { run, claimed };
}

/** One call, from its question to its answer. */
export async function ask(word: string, asked: Asked = {}): Promise<Said> {
  const { run, claimed } = start(word, asked);
  const lines: string[] = [];
  for await (const line of run.lines) {
    lines.push(line);
    run.complete(0);
  }
  await run.exit;
  expect(lines).toHaveLength(1);
  const said = JSON.parse(lines[0] ?? "");
  answered.add(said.pid);
  return { ...said, warm: claimed.mock.calls.length === 1 };
}

/** Processes that have answered: they may still be dying. */
const answered = new Set<number>();

export const notes = () => join(scene.folder, "notes");

export function noted(what: string): readonly number[] {
  const lines = existsSync(notes()) ? readFileSync(notes(), "utf8").split("\n") : [];
  return lines
    .filter((line) => line.startsWith(`${what} `))
    .map((line) => Number(line.slice(what.length + 1)));
}

/** Once the process that waits is as far as to be there. */
export async function ready(count = 1): Promise<void> {
  await vi.waitFor(() => expect(living("started")).toHaveLength(count), patience);
}

export function living(what: string): readonly number[] {
  const there = scene.processes().filter((pid) => !answered.has(pid));
  return noted(what).filter((pid) => there.includes(pid));
}

/** A call with a key, of a client that has others too. */
export function keyed(key: string, ...others: readonly string[]): Asked {
  const [secret, ...more] = [key, ...others].map((each) => new Secret("the_key", each, "explicit"));
  if (secret === undefined) throw new RangeError("There is no key.");
  const credential = { kind: "key", source: "option", secret } as const;
  return {
    wish: { secrets: [secret, ...more] },
    context: { credential },
    plan: { keyVariable: "THE_KEY" },
  };
}

/** What the commands that live now have said. */
export function outputs(): readonly string[] {
  return scene.runFolders().map((name) => readFileSync(join(scene.temp, name, "output"), "utf8"));
}
