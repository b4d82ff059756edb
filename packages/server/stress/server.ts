import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { ServerSettings } from "./settings.ts";

const script = fileURLToPath(new URL("./server-process.ts", import.meta.url));

/** The process of the server, which can be killed and started again. */
export class StressedServer {
  readonly #settings: ServerSettings;
  #child: ChildProcess | undefined;

  constructor(settings: ServerSettings) {
    this.#settings = settings;
  }

  async start(): Promise<void> {
    const execArgv = ["--expose-gc", "--import", "tsx"];
    const child = fork(script, [JSON.stringify(this.#settings)], { execArgv });
    this.#child = child;
    const [said] = await once(child, "message");
    if (said !== "ready") throw new Error(`The server said ${JSON.stringify(said)}.`);
  }

  async kill(): Promise<void> {
    const ended = once(this.#running, "exit");
    this.#running.kill("SIGKILL");
    await ended;
  }

  /** Bytes, once what can be collected has been. */
  async heap(): Promise<number> {
    return (await this.#ask("heap")).heap ?? 0;
  }

  /** Ends it as it should be, and gives what it still holds, and what it has ended with. */
  async end(): Promise<{ readonly left: readonly string[]; readonly code: number | null }> {
    const ended = once(this.#running, "exit");
    const { left = [] } = await this.#ask("end");
    const timer = setTimeout(() => this.#running.kill("SIGKILL"), 5_000);
    const [code] = await ended;
    clearTimeout(timer);
    return { left, code };
  }

  get #running(): ChildProcess {
    if (this.#child === undefined) throw new Error("The server was not started.");
    return this.#child;
  }

  async #ask(what: string): Promise<{ heap?: number; left?: string[] }> {
    const answer = once(this.#running, "message");
    this.#running.send(what);
    return (await answer)[0];
  }
}
