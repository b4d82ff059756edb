import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "./dependency-rule/workspace.ts";
import { integrationTests } from "./integration-tests.ts";
import { ownProcessTests } from "./own-process-tests.ts";

test("each file that the integration tests name is there, and named once", () => {
  expect(integrationTests.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  expect(new Set(integrationTests).size).toBe(integrationTests.length);
});

test("tests that replace modules have their own process in watch mode", () => {
  const own = ownProcessTests();
  expect(own).toContain("packages/secrets/test/freshness.test.ts");
  expect(own).not.toContain("packages/secrets/test/names.test.ts");
  expect(own.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});
