import { randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, vi } from "vitest";
import type { CommandContext, CommandPlan, CommandRun } from "../../src/cli/command.ts";
import { runCommand } from "../../src/cli/run-command.ts";
import { processesWith } from "./process-table.ts";

/** The absolute path of an executable of test/fixtures/commands. */
export function fixture(name: string): string {
  return fileURLToPath(new URL(`../fixtures/commands/${name}.mjs`, import.meta.url));
}

/** A place of its own for each test, and after each the proof that its runs left nothing. */
export class Scene {
  /** A folder for the test's own files. */
  folder = "";
  /** Where private folders are made: the host's TMPDIR. */
  temp = "";
  #marker = "";

  constructor() {
    beforeEach(() => this.#open());
    afterEach(() => this.#close());
  }

  /** A context that runs a fixture, or a command by its path. */
  context(command: string, more: Partial<CommandContext> = {}): CommandContext {
    const { cliEnv, ...others } = more;
    return {
      command: command.startsWith("/") ? command : fixture(command),
      credential: { kind: "none", source: "none" },
      env: { PATH: process.env.PATH },
      cliEnv: { ...this.marked, ...cliEnv },
      signal: new AbortController().signal,
      logger: { debug: () => {} },
      ...others,
    };
  }

  /** A run of a fixture with these arguments. */
  run(
    command: string,
    plan: Partial<CommandPlan> = {},
    more: Partial<CommandContext> = {},
  ): CommandRun {
    return runCommand(this.context(command, more), () => ({ args: [], stdin: "", ...plan }));
  }

  /** Variables by which the process table shows whose a process is. */
  get marked(): Readonly<Record<string, string>> {
    return { SCENE: this.#marker };
  }

  processes(): number[] {
    return processesWith(`SCENE=${this.#marker}`);
  }

  /** The private folders of runs that are there now. */
  runFolders(): string[] {
    return readdirSync(this.temp).filter((name) => name.startsWith("acc-"));
  }

  #open(): void {
    this.#marker = randomUUID();
    this.folder = mkdtempSync(join(tmpdir(), "acc-scene-"));
    this.temp = join(this.folder, "temp");
    mkdirSync(this.temp);
    vi.stubEnv("TMPDIR", this.temp);
  }

  #close(): void {
    const left = { processes: this.processes(), folders: this.runFolders() };
    vi.unstubAllEnvs();
    rmSync(this.folder, { recursive: true, force: true });
    for (const pid of left.processes) {
      process.kill(pid, "SIGKILL");
    }
    expect(left, "left behind by the run").toEqual({ processes: [], folders: [] });
  }
}

export async function collect<T>(values: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const value of values) {
    all.push(value);
  }
  return all;
}

/** The error that ends a loop, and what came before it. */
export async function failureOf<T>(
  values: AsyncIterable<T>,
): Promise<{ error: unknown; values: T[] }> {
  const seen: T[] = [];
  try {
    for await (const value of values) {
      seen.push(value);
    }
  } catch (error) {
    return { error, values: seen };
  }
  throw new Error("The loop ended without an error.");
}
