import { join } from "node:path";
import { run } from "../release/command.ts";
import { manifestOf } from "../release/installed.ts";

const rounds = 7;

/** Milliseconds, medians of paired runs: Node.js doing nothing, and importing the package. */
export function importCost(installed: string, name: string): { floor: number; ours: number } {
  const load = loading(installed, name);
  const pairs = Array.from({ length: rounds }, () => ({
    floor: time(installed, ["-e", "0"]),
    ours: time(installed, load),
  }));
  return {
    floor: median(pairs.map(({ floor }) => floor)),
    ours: median(pairs.map(({ ours }) => ours)),
  };
}

/** Importing the main entry; of a package that is a command alone, asking for its version. */
function loading(installed: string, name: string): string[] {
  const folder = join(installed, "node_modules", name);
  const { exports, bin } = manifestOf(folder);
  if (exports?.["."] === undefined) {
    return [join(folder, Object.values(bin ?? {})[0] ?? ""), "--version"];
  }
  return ["--input-type=module", "-e", `import ${JSON.stringify(name)}`];
}

function time(cwd: string, args: readonly string[]): number {
  const begun = performance.now();
  run(process.execPath, args, { cwd });
  return performance.now() - begun;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
