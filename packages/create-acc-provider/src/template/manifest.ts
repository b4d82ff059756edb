import type { Plan } from "../plan.ts";

export function manifest(plan: Plan, coreVersion: string): Readonly<Record<string, unknown>> {
  return {
    name: plan.package,
    version: "0.1.0",
    description: `A provider of @acc/dual-mode: ${plan.id}.`,
    license: "MIT",
    type: "module",
    sideEffects: false,
    engines: { node: "^20.19.0 || ^22.12.0 || >=24.0.0" },
    exports: {
      ".": { types: "./dist/index.d.ts", default: "./dist/index.js" },
      "./package.json": "./package.json",
    },
    files: ["dist"],
    scripts: { build: "tsc", pretest: "tsc", test: "node --test", prepack: "tsc" },
    dependencies: { "@acc/dual-mode": `^${coreVersion}` },
    devDependencies: { "@types/node": "^20.19.43", typescript: "^7.0.2" },
  };
}

export const compilerOptions: Readonly<Record<string, unknown>> = {
  compilerOptions: {
    target: "ES2023",
    lib: ["ES2023", "ESNext.Disposable"],
    module: "NodeNext",
    types: ["node"],
    strict: true,
    declaration: true,
    rootDir: "src",
    outDir: "dist",
  },
  include: ["src"],
};
