import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

const main = fileURLToPath(new URL("../../packages/cli/dist/main.cjs", import.meta.url));

/** The commands `acc` of somebody with a home of their own, and a server of theirs. */
export class Machine implements AsyncDisposable {
  readonly #home = mkdtempSync(join(tmpdir(), "acc-bench-through-"));
  readonly #env: NodeJS.ProcessEnv;
  #server: ChildProcess | undefined;

  constructor(env: Readonly<Record<string, string>>) {
    this.#env = { HOME: this.#home, PATH: `${dirname(process.execPath)}:/usr/bin:/bin`, ...env };
  }

  /** Starts `acc serve` and waits until it listens. */
  async serve(): Promise<void> {
    this.#server = this.#spawn(["serve", "--port", "0", "--json"]);
    await once(createInterface(this.#server.stdout as Readable), "line");
  }

  /** What a command prints, as JSON. */
  async json(words: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<unknown> {
    const child = this.#spawn(words, env);
    const [said] = await Promise.all([text(child.stdout as Readable), once(child, "close")]);
    if (child.exitCode !== 0) throw new Error(`acc ${words[0]} ended with ${child.exitCode}`);
    return JSON.parse(said);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#server) {
      const ended = once(this.#server, "close");
      this.#server.kill();
      await ended;
    }
    rmSync(this.#home, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
  }

  #spawn(words: readonly string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
    return spawn(process.execPath, [main, ...words], {
      cwd: this.#home,
      env: { ...this.#env, ...env },
      stdio: ["ignore", "pipe", "inherit"],
    });
  }
}
