import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** The packages as they are packed, not their sources: no alias. */
export default defineConfig({
  root: fileURLToPath(new URL("..", import.meta.url)),
  test: {
    include: ["bundles/test/**/*.test.ts"],
    globalSetup: "bundles/test/install.ts",
    testTimeout: 180_000,
    hookTimeout: 180_000,
    maxWorkers: 2,
    reporters: [
      "default",
      ["json", { outputFile: fileURLToPath(new URL("../reports/bundles.json", import.meta.url)) }],
    ],
  },
});
