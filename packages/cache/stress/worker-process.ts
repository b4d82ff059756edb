import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { nodeBinary } from "../../../test/node-versions/node-binary.ts";
import type { StoreName } from "./tasks/place.ts";

const script = fileURLToPath(new URL("./worker.ts", import.meta.url));

/** Node 24 has the SQLite that is needed, and runs TypeScript as it is. */
const node24 = nodeBinary(24);

/** The stores that can be put to the test on this machine. */
export const stores: readonly StoreName[] = node24 ? ["sqlite", "files"] : ["files"];

/** A process of its own that does tasks. */
export class WorkerProcess {
  readonly child: ChildProcess;
  readonly ready: Promise<unknown>;
  readonly #lines: string[] = [];

  constructor() {
    const args = node24 ? ["--no-warnings", script] : ["--import", "tsx", script];
    this.child = spawn(node24 ?? process.execPath, args, {
      stdio: ["ignore", "pipe", "inherit", "ipc"],
    });
    this.ready = once(this.child, "message");
    let rest = "";
    this.child.stdout?.on("data", (chunk) => {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop() ?? "";
      this.#lines.push(...lines);
    });
  }

  /** Whole lines of its output so far. */
  get lines(): readonly string[] {
    return this.#lines;
  }

  send(order: object): void {
    this.child.send(order);
  }

  /** The result of a task, or undefined if the process ends before it. */
  result<T>(): Promise<T | undefined> {
    return new Promise((resolve) => {
      const { child } = this;
      const settle = (value: T | undefined) => {
        child.off("message", listen);
        child.off("exit", end);
        resolve(value);
      };
      const listen = (message: { result?: T }) => {
        if (message.result !== undefined) settle(message.result);
      };
      const end = () => settle(undefined);
      child.on("message", listen);
      child.once("exit", end);
    });
  }

  async run<T>(order: object): Promise<T> {
    await this.ready;
    const result = this.result<T>();
    this.send(order);
    const value = await result;
    if (value === undefined) throw new Error("A worker ended before its task did.");
    return value;
  }

  /** Kills it; true when it was still alive. */
  async kill(): Promise<boolean> {
    const { child } = this;
    const alive = child.exitCode === null && child.signalCode === null;
    const gone = alive ? once(child, "close") : undefined;
    child.kill("SIGKILL");
    await gone;
    return alive;
  }
}
