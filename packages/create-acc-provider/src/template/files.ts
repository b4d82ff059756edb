import type { Plan } from "../plan.ts";
import { compilerOptions, manifest } from "./manifest.ts";
import { providerSource } from "./provider-source.ts";
import { readme } from "./readme.ts";
import { testSource } from "./test-source.ts";

/** Returns the files of a new provider by their names. */
export function filesOf(plan: Plan, coreVersion: string): Readonly<Record<string, string>> {
  return {
    "package.json": json(manifest(plan, coreVersion)),
    "tsconfig.json": json(compilerOptions),
    ".gitignore": "node_modules/\ndist/\n",
    "README.md": readme(plan),
    "src/index.ts": providerSource(plan),
    "test/index.test.js": testSource(plan),
  };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
