import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { root } from "./steps/root.ts";

/** What importing each built package costs, as a ratio to starting Node.js and doing nothing. */
const rounds = 15;
const packages = [
  "@acc/claude",
  "@acc/gemini",
  "@acc/groq",
  "@acc/dual-mode",
  "@acc/cache",
  "@acc/secrets",
];

const cwd = join(root, "packages", "cli");
const bare = ["-e", "0"];
const importing = (name: string) => ["--input-type=module", "-e", `import ${JSON.stringify(name)}`];

console.log(`Node.js ${process.version}, median of ${rounds} paired runs`);
for (const name of packages) {
  const pairs = Array.from({ length: rounds }, () => [run(bare), run(importing(name))] as const);
  const ratio = median(pairs.map(([floor, ours]) => ours / floor));
  const floor = median(pairs.map(([time]) => time));
  const ours = median(pairs.map(([, time]) => time));
  const times = `${ours.toFixed(1)} ms over ${floor.toFixed(1)} ms`;
  console.log(`${name.padEnd(15)}  ${ratio.toFixed(2)}x  ${times}`);
}

function run(args: readonly string[]): number {
  const begun = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return performance.now() - begun;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
