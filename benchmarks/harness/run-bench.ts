import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { nodeBinary } from "../../test/node-versions/node-binary.ts";
import type { Report, Settings } from "./report.ts";

export interface Ran {
  readonly title: string;
  readonly machine: string;
  readonly report: Report;
}

/**
 * Runs a bench in a fresh process of Node.js 24, which `ai` and node:sqlite need; ours runs in
 * the same process. Throws when the bench fails.
 */
export async function runBench(name: string, settings: Settings): Promise<Ran> {
  const node = nodeBinary(24);
  if (!node && Number.parseInt(process.versions.node, 10) < 24) {
    throw new Error("the benchmarks need Node.js 24: run `pnpm bench` with it");
  }
  const child = fork(fileURLToPath(new URL("bench-process.ts", import.meta.url)), [name], {
    execPath: node ?? process.execPath,
    execArgv: ["--expose-gc", "--disable-warning=ExperimentalWarning"],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  child.send(settings);
  return new Promise((resolve, reject) => {
    child.once("message", (ran) => resolve(ran as Ran));
    child.once("exit", (code) => reject(new Error(`the bench ${name} ended with ${code}`)));
  });
}
