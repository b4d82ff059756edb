import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { refuseStale } from "../release/stale.ts";
import { root } from "../steps/root.ts";
import { grown, type Weight } from "./grown.ts";
import { installEverything, measureBytes } from "./measure-bytes.ts";
import { importCost } from "./measure-import.ts";

/** What each package weighs; `--record` takes what it weighs now as what it may weigh. */
const path = join(root, "scripts/size/recorded.json");
const folder = mkdtempSync(join(tmpdir(), "acc-size-"));
try {
  const packed = installEverything(folder);
  refuseStale(packed);
  const weights: Record<string, Weight> = {};
  for (const one of packed) {
    const weight = measureBytes(one, folder);
    weights[one.name] = weight;
    const { floor, ours } = importCost(folder, one.name);
    const bytes = `packed ${kilobytes(weight.packed)}  installed ${kilobytes(weight.installed)}`;
    const time = `${ours.toFixed(0)} ms over ${floor.toFixed(0)} ms (${(ours / floor).toFixed(2)}x)`;
    console.log(`${one.name.padEnd(20)}  ${bytes}  import ${time}`);
  }
  if (process.argv.includes("--record")) {
    writeFileSync(path, `${JSON.stringify(weights, null, 2)}\n`);
  } else {
    const recorded = JSON.parse(readFileSync(path, "utf8")) as Record<string, Weight>;
    const problems = grown(recorded, weights);
    console.log(problems.length === 0 ? "None grew by more than a fifth." : problems.join("\n"));
    if (problems.length > 0) process.exitCode = 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1_000).toFixed(1).padStart(8)} kB`;
}
