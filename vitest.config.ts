import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig, type ViteUserConfig } from "vitest/config";
import { integrationTests } from "./test/integration-tests.ts";

const source = (path: string) => fileURLToPath(new URL(`./packages/${path}`, import.meta.url));

/** Tests run on the sources; a child process that a test starts runs the built packages. */
export const everyTest = {
  resolve: {
    alias: [
      {
        find: /^@acc\/(secrets|cache|dual-mode|claude|gemini|groq|openai)\/(define-provider|provider|redact|testing|compatible)$/,
        replacement: source("$1/src/$2.ts"),
      },
      {
        find: /^@acc\/secrets\/(command|docker-helpers|files|vault|aws|gcp)$/,
        replacement: source("secrets/src/outside/$1.ts"),
      },
      { find: /^@acc\/ai-sdk$/, replacement: source("ai-sdk/src/index.ts") },
      { find: /^@acc\/ai-sdk\/(v2|v4)$/, replacement: source("ai-sdk/src/$1.ts") },
      { find: /^@acc\/server\/people$/, replacement: source("server/src/people.ts") },
      {
        find: /^@acc\/dual-mode\/shared-state$/,
        replacement: source("dual-mode/src/shared-state.ts"),
      },
      { find: /^@acc\/cache\/directory$/, replacement: source("cache/src/directory.ts") },
      {
        find: /^@acc\/(secrets|cache|dual-mode|claude|gemini|groq|openai|prices|server|batch)$/,
        replacement: source("$1/src/index.ts"),
      },
    ],
  },
  test: {
    exclude: ["**/node_modules/**", "**/fixtures/**"],
    // A command that a test runs in this process' name keeps nothing in the cache folder of who tests.
    env: { NODE_DISABLE_COMPILE_CACHE: "1" },
    testTimeout: 20_000,
    hookTimeout: 30_000,
    restoreMocks: true,
    unstubEnvs: true,
    sequence: { shuffle: true },
    // Tests that say that they may run at once wait most of their time.
    maxConcurrency: 16,
  },
} satisfies ViteUserConfig;

export const quickTests = {
  include: ["packages/*/test/**/*.test.ts", "test/**/*.test.ts", "scripts/**/*.test.ts"],
  exclude: [...integrationTests],
  // Most of a test's time is waiting: for a timer, a process, a server.
  maxWorkers: Math.max(4, availableParallelism() - 1),
};

export default defineConfig({
  ...everyTest,
  test: {
    ...everyTest.test,
    projects: [
      { extends: true, test: { name: "unit", ...quickTests } },
      {
        extends: true,
        test: {
          name: "integration",
          include: [...integrationTests],
          maxWorkers: Math.max(2, availableParallelism() - 1),
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
