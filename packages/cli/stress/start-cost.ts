import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startMockServer } from "../../../scripts/mock-server.ts";
import { accMain } from "../test/acc.ts";

/** What starting `acc` costs, as a ratio to starting Node.js and doing nothing; paired runs. */
const rounds = 15;
const home = mkdtempSync(join(tmpdir(), "acc-start-"));
const server = await startMockServer();
const env = { HOME: home, ANTHROPIC_API_KEY: "test-key-that-opens-nothing" };

try {
  const named = [process.execPath, accMain, "chat", "-p", "claude", "hi"] as const;
  await fillCache(named);
  measure("acc --version", [accMain, "--version"], 1.6);
  measure("acc chat, cached", named.slice(1), 2.5);
} finally {
  await server.close();
  rmSync(home, { recursive: true, force: true });
}

/** The one call that is made; the runs that are timed find its answer. */
async function fillCache([command, ...args]: readonly [string, ...string[]]): Promise<void> {
  const { spawn } = await import("node:child_process");
  const child = spawn(command, args, {
    env: { ...env, ANTHROPIC_BASE_URL: server.url },
    stdio: "ignore",
  });
  await new Promise((resolve) => child.on("close", resolve));
}

function measure(name: string, args: readonly string[], bound: number): void {
  const pairs = Array.from({ length: rounds }, () => [run(["-e", "0"]), run(args)] as const);
  const ratio = median(pairs.map(([floor, ours]) => ours / floor));
  const [floor, ours] = [0, 1].map((side) => median(pairs.map((pair) => pair[side] ?? 0)));
  const times = `${ours?.toFixed(0)} ms over ${floor?.toFixed(0)} ms`;
  console.log(`${name.padEnd(18)}${ratio.toFixed(2)}x  ${times}, at most ${bound}x wanted`);
}

function run(args: readonly string[]): number {
  const begun = performance.now();
  const all = { ...env, ANTHROPIC_BASE_URL: server.url };
  const { status, stderr } = spawnSync(process.execPath, [...args], {
    env: all,
    stdio: ["ignore", "pipe", "pipe"],
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  return performance.now() - begun;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
