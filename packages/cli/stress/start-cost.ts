import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startMockServer } from "../../../scripts/mock-server.ts";
import { nodeBinary } from "../../../test/node-versions/node-binary.ts";
import { accMain } from "../test/acc.ts";

/**
 * What starting `acc` costs, as a ratio to starting the same Node.js and doing nothing; paired runs.
 * The binaries: this one, and Node.js 24 where the workspace has it.
 */
const rounds = 15;
const home = mkdtempSync(join(tmpdir(), "acc-start-"));
const server = await startMockServer();
const env = {
  HOME: home,
  ANTHROPIC_API_KEY: "test-key-that-opens-nothing",
  ANTHROPIC_BASE_URL: server.url,
};
const chat = [accMain, "chat", "-p", "claude", "hi"];

try {
  const node24 = nodeBinary(24);
  for (const node of [process.execPath, ...(node24 ? [node24] : [])]) {
    console.log(`Node.js ${spawnSync(node, ["--version"], { encoding: "utf8" }).stdout.trim()}`);
    await fillCaches(node);
    measure(node, "acc --version", [accMain, "--version"], 1.6);
    measure(node, "acc chat, cached", chat, 2.5);
  }
} finally {
  await server.close();
  rmSync(home, { recursive: true, force: true });
}

/** The first call is answered by the server, the second leaves its compiled code behind. */
async function fillCaches(node: string): Promise<void> {
  for (let run = 0; run < 2; run++) {
    await once(spawn(node, chat, { env, stdio: "ignore" }), "close");
  }
}

function measure(node: string, name: string, args: readonly string[], bound: number): void {
  const pairs = Array.from(
    { length: rounds },
    () => [run(node, ["-e", "0"]), run(node, args)] as const,
  );
  const ratio = median(pairs.map(([floor, ours]) => ours / floor));
  const [floor, ours] = [0, 1].map((side) => median(pairs.map((pair) => pair[side] ?? 0)));
  const times = `${ours?.toFixed(0)} ms over ${floor?.toFixed(0)} ms`;
  console.log(`  ${name.padEnd(18)}${ratio.toFixed(2)}x  ${times}, at most ${bound}x wanted`);
}

function run(node: string, args: readonly string[]): number {
  const begun = performance.now();
  const { status, stderr } = spawnSync(node, args, {
    env,
    stdio: ["ignore", "pipe", "pipe"],
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(stderr);
  return performance.now() - begun;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
