import type { Step } from "./step.ts";

/** Everything that `pnpm check` runs, in its order: what is quick to fail comes first. */
export const checkSteps: readonly Step[] = [
  { name: "format and lint", command: ["biome", "ci", "--colors=off", "."] },
  { name: "types", command: ["tsc", "-p", "tsconfig.json"] },
  { name: "build", command: ["npx", "-y", "pnpm@12.21.0", "--silent", "build"] },
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
