import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import root from "../vitest.config.ts";
import { TableReporter } from "./table-reporter.ts";

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** The sources of the packages, as in the other tests; what they run is real. */
export default defineConfig({
  root: path(".."),
  resolve: root.resolve ?? {},
  test: {
    include: ["e2e/test/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    restoreMocks: true,
    unstubEnvs: true,
    reporters: [
      "default",
      new TableReporter(),
      ["json", { outputFile: path("../reports/e2e.json") }],
    ],
  },
});
