import type { Step } from "./step.ts";

const pnpm = ["npx", "-y", "pnpm@12.21.0"] as const;

/** Everything that `pnpm check` runs, in its order: what is quick to fail comes first. */
export const checkSteps: readonly Step[] = [
  { name: "format and lint", command: ["biome", "ci", "--colors=off", "."] },
  { name: "types", command: ["tsc", "-p", "tsconfig.json"] },
  { name: "build", command: [...pnpm, "--silent", "build"] },
  {
    name: "benchmarks' peers",
    command: [...pnpm, "--dir", "benchmarks", "install", "--frozen-lockfile", "--ignore-scripts"],
  },
  { name: "benchmarks' types", command: ["tsc", "-p", "benchmarks"] },
  {
    name: "test",
    command: ["vitest", "run", ...reportTo("reports/test.json")],
    report: "reports/test.json",
  },
  { name: "package shape", command: ["tsx", "scripts/package-shape.ts"] },
  { name: "unused code", command: ["knip"] },
  { name: "examples", command: ["tsx", "scripts/examples.ts"] },
  { name: "docs", command: ["tsx", "scripts/docs.ts"] },
];

/** Arguments that make vitest write its JSON report besides what it prints. */
export function reportTo(path: string): string[] {
  return ["--reporter=default", "--reporter=json", `--outputFile.json=${path}`];
}
