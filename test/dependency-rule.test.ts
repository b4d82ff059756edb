import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { vendorNames } from "./dependency-rule/names.ts";
import { breaches } from "./dependency-rule/rules.ts";
import { readPackage, readSources, root } from "./dependency-rule/workspace.ts";

describe("the dependency rule holds in this repository", () => {
  test("every manifest and every import keeps to the table", () => {
    const folders = readdirSync(join(root, "packages")).map((name) => `packages/${name}`);
    const packages = folders.map((folder) => readPackage(folder));
    expect(packages.flatMap((one) => Object.keys(one.sources)).length).toBeGreaterThan(
      folders.length,
    );
    expect(breaches([...packages, readPackage("examples", ".")])).toEqual([]);
  });

  test("the core names no provider and branches on none", () => {
    const sources = Object.entries(readSources("packages/dual-mode", "src"));
    expect(sources.length).toBeGreaterThan(1);
    expect(sources.flatMap(([path, code]) => vendorNames(path, code))).toEqual([]);
  });

  test.each(["examples", "benchmarks", "bundles", "e2e", "test/node-versions"])(
    "%s is private",
    (folder) => {
      expect(readPackage(folder, ".").manifest.private).toBe(true);
    },
  );
});
