import { describe, test } from "vitest";
import { invalidationSuite } from "./suites/invalidation-suite.ts";
import { filesGround } from "./support/ground.ts";

// At once: each waits out the second in which memory learns of what others changed.
describe("files", () => invalidationSuite(test.concurrent, filesGround));
