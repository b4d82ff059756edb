import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";

/** One message between this process and its children: what it is about, and a value. */
export type Word = readonly [what: string, value?: unknown];

/** Two connections to each stream. */
const descriptors = 65_536;

/** A process of its own, with as many open files as it needs where that may be raised. */
export class Child {
  readonly #child: ChildProcess;
  readonly #name: string;
  readonly #told = new Map<string, unknown>();
  #heard: () => void = () => {};

  constructor(file: URL, ...args: readonly string[]) {
    const path = fileURLToPath(file);
    this.#name = basename(path);
    const script = `ulimit -n ${descriptors} 2>/dev/null; exec "$0" "$@"`;
    const loader = path.endsWith(".ts") ? ["--import", "tsx"] : [];
    const line = [process.execPath, ...loader, path, ...args];
    this.#child = spawn("sh", ["-c", script, ...line], {
      stdio: ["ignore", "inherit", "inherit", "ipc"],
    });
    this.#child.on("message", ([what, value]: Word) => {
      this.#told.set(what, value);
      this.#heard();
    });
  }

  /** What it says of this, now or later. */
  async told(what: string): Promise<unknown> {
    if (!this.#told.has(what)) await this.#comes(what);
    const value = this.#told.get(what);
    this.#told.delete(what);
    return value;
  }

  #comes(what: string): Promise<void> {
    return new Promise<void>((resolve, reject) => {
      this.#heard = () => {
        if (this.#told.has(what)) resolve();
      };
      this.#child.once("exit", (code) => {
        reject(new Error(`${this.#name} ended with ${code} before it said "${what}"`));
      });
    }).finally(() => this.#child.removeAllListeners("exit"));
  }

  ask(what: string, value?: unknown): Promise<unknown> {
    this.#child.send([what, value]);
    return this.told(what);
  }

  async end(): Promise<void> {
    const ended = once(this.#child, "exit");
    this.#child.disconnect();
    await ended;
  }
}

/** Answers what the parent asks, and ends with it. */
export function answers(answer: (what: string, value: unknown) => unknown): void {
  process.on("message", async ([what, value]: Word) => say(what, await answer(what, value)));
  process.once("disconnect", () => process.exit());
}

export function say(what: string, value?: unknown): void {
  process.send?.([what, value]);
}
