import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dieEverywhere } from "./deaths.ts";
import { injectFaults } from "./fault-injection.ts";
import { randomKill } from "./random-kill.ts";

const writers = 6;
const enough = 2000;

const whole = process.argv.includes("--faults-only") || ((await storm()) && (await deaths()));
process.exitCode = (await faults()) && whole ? 0 : 1;

async function storm(): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), "acc-stress-"));
  const directory = join(folder, "store");
  mkdirSync(directory, { mode: 0o700 });
  try {
    const figures = await randomKill(directory, writers, enough);
    console.log(`${writers} writers (half without the native lock), killed at random:`);
    console.log(figures);
    const { acknowledged, lost, torn, auditProblems, leftovers } = figures;
    return acknowledged >= enough && lost + torn + auditProblems + leftovers.length === 0;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function deaths(): Promise<boolean> {
  const all = await dieEverywhere();
  for (const { name, deaths: count, acknowledged, problems } of all) {
    console.log(`${name}: ${count} deaths, ${acknowledged} writes, ${problems.length} problems`);
    for (const problem of problems) console.log(`FAILED ${problem}`);
  }
  return all.every(({ acknowledged, problems }) => acknowledged > 0 && problems.length === 0);
}

async function faults(): Promise<boolean> {
  if (!hasStrace()) {
    console.log("SKIPPED: fault injection needs strace (Linux).");
    return !process.env.CI;
  }
  const results = await injectFaults();
  for (const { name, problem } of results)
    console.log(problem ? `FAILED ${name}: ${problem}` : `ok ${name}`);
  const failed = results.filter(({ problem }) => problem !== "").length;
  console.log(`${results.length - failed} of ${results.length} faults survived`);
  return failed === 0;
}

function hasStrace(): boolean {
  try {
    execFileSync("strace", ["-V"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
