import type { Step } from "./step.ts";

const pnpm = ["npx", "-y", "pnpm@12.21.0"] as const;

/** The projects of vitest.config.ts, each named as the script that runs it. */
export const testSteps: readonly Step[] = [
  testStep("test", "unit"),
  testStep("test:integration", "integration"),
];

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
  ...testSteps,
  { name: "package shape", command: ["tsx", "scripts/package-shape.ts"] },
  { name: "unused code", command: ["knip"] },
  { name: "examples", command: ["tsx", "scripts/examples.ts"] },
  { name: "docs", command: ["tsx", "scripts/docs.ts"] },
];

/** Arguments that make vitest write its JSON report besides what it prints. */
export function reportTo(path: string): string[] {
  return ["--reporter=default", "--reporter=json", `--outputFile.json=${path}`];
}

function testStep(name: string, project: string): Step {
  const report = `reports/${name.replaceAll(":", "-")}.json`;
  const command = ["vitest", "run", "--project", project, ...reportTo(report)] as const;
  return { name, command, report, minutes: 26 };
}
