import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { seededRandom } from "../../../../scripts/stress-engine/random.ts";
import { batchVendors } from "../../../cli/test/batch-vendors.ts";
import { faultsOf } from "./faults-of.ts";
import { Reaper } from "./reaper.ts";
import { inputOf, startRun } from "./run-acc.ts";

/** `acc batch --vendor-batch`, killed again and again: the vendors count what was submitted to them. */
const lines = Number(process.env.ACC_STRESS_VENDOR_LINES ?? 200);
const kills = Number(process.env.ACC_STRESS_VENDOR_KILLS ?? 50);
const seed = Number(process.env.ACC_STRESS_SEED ?? Date.now() % 1_000_000);
const random = seededRandom(seed);
const folder = mkdtempSync(join(tmpdir(), "acc-stress-vendor-"));
const reaper = new Reaper(random, kills);
const faults: string[] = [];
const started = performance.now();
let files = 0;
let runs = 0;

try {
  while (reaper.left > 0 && faults.length === 0) await oneFile();
  report();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** A file whose run is killed and started again until it is answered. */
async function oneFile(): Promise<void> {
  const asked = batchVendors[files % batchVendors.length] as (typeof batchVendors)[number];
  const home = join(folder, String(files));
  const vendor = await asked.start();
  vendor.plays.looks = random() < 0.2 ? 2 : 1;
  const prompts = inputOf(home, lines);
  files += 1;
  try {
    for (;;) {
      const run = startRun(home, asked, vendor.env);
      reaper.follow(run.child, vendor.plays);
      runs += 1;
      const { code, signal, said } = await run.ended;
      reaper.leave(vendor.plays);
      if (signal === "SIGKILL") continue;
      if (code !== 0) faults.push(`a run by ${asked.provider} ended with ${code}: ${said}`);
      break;
    }
    faults.push(...faultsOf(join(home, "out.jsonl"), prompts, vendor.prompts()));
  } finally {
    await vendor.close();
  }
}

function report(): void {
  const seconds = ((performance.now() - started) / 1_000).toFixed(0);
  const told = [
    `vendors' batches, seed ${seed}: ${files} files of ${lines} lines, ${runs} runs, ${seconds} s`,
    ...reaper.told(),
    ...faults.map((fault) => `FAULT ${fault}`),
  ];
  process.stdout.write(`${told.join("\n")}\n`);
  if (faults.length > 0) process.exitCode = 1;
}
