import { defineConfig } from "vitest/config";
import { ownProcessTests } from "./test/own-process-tests.ts";
import { everyTest, quickTests } from "./vitest.config.ts";

const watched = { ...quickTests, maxWorkers: 8 };
const ownProcess = [...ownProcessTests()];

/** For `pnpm test:watch`: a worker runs many files, and loads the modules that they share once. */
export default defineConfig({
  ...everyTest,
  test: {
    ...everyTest.test,
    // Sources that have not changed are not compiled again at the next start.
    experimental: { fsModuleCache: true },
    projects: [
      {
        extends: true,
        test: {
          name: "together",
          ...watched,
          exclude: [...watched.exclude, ...ownProcess],
          isolate: false,
        },
      },
      { extends: true, test: { name: "apart", ...watched, include: ownProcess } },
    ],
  },
});
