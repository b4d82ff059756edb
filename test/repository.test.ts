import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "./dependency-rule/workspace.ts";

/** What no file of the repository may hold, and why. */
const forbidden = {
  "a path that other machines do not have": /(?<![\w.$}~-])\/(work|root)\/[\w.]/,
  "a test that runs alone": /\b(test|it|describe|suite)(\.\w+)*\.only\s*\(/,
  "something left to do": /\b(TODO|FIXME|XXX)\b/,
};

/** Where a lock file would fetch from, if it said so. */
const downloadAddress = /\btarball:|"resolved":|\bhttps?:\/\//;

describe("the repository", () => {
  const files = repositoryFiles().filter((path) => path !== "test/repository.test.ts");
  const locks = files.filter((path) => /(^|\/)(pnpm-lock\.yaml|package-lock\.json)$/.test(path));

  test("has its lock files", () => {
    expect(locks).toEqual(
      expect.arrayContaining(["pnpm-lock.yaml", "bundles/pnpm-lock.yaml", "e2e/pnpm-lock.yaml"]),
    );
  });

  test.each(locks)("%s records no download address", (path) => {
    expect(linesWith(downloadAddress, path)).toEqual([]);
  });

  test.each(Object.entries(forbidden))("holds nowhere %s", (_, pattern) => {
    expect(files.flatMap((path) => linesWith(pattern, path))).toEqual([]);
  });
});

describe("the sources", () => {
  const sources = repositoryFiles().filter((path) => /^packages\/[^/]+\/src\/.+\.ts$/.test(path));
  const sizes = sources.map((path) => ({ path, lines: linesOf(path).length - 1 }));

  test("have no file of more than 250 lines", () => {
    expect(sizes.filter(({ lines }) => lines > 250)).toEqual([]);
  });

  test("have 80 lines at the median, or fewer", () => {
    const sorted = sizes.map(({ lines }) => lines).sort((a, b) => a - b);
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThanOrEqual(80);
  });
});

describe("what is looked for is found", () => {
  test.each([
    ["a path that other machines do not have", `cd ${["", "work", "main"].join("/")}`],
    ["a path that other machines do not have", `"${["", "root", ".npmrc"].join("/")}"`],
    ["a test that runs alone", `test.${"only"}("x", () => {})`],
    ["a test that runs alone", `describe.concurrent.${"only"}("x", () => {})`],
    ["something left to do", `// TODO: later`],
  ] as const)("%s: %s", (what, text) => {
    expect(text).toMatch(forbidden[what]);
  });

  test.each(["tarball: x.tgz", '"resolved": "x"', "resolution: https://host/x"])("%s", (text) => {
    expect(text).toMatch(downloadAddress);
  });

  test.each(["src/work/item.ts", "~/root/x", "the only (one)"])("but not: %s", (text) => {
    for (const pattern of Object.values(forbidden)) expect(text).not.toMatch(pattern);
  });
});

function repositoryFiles(): string[] {
  const args = ["ls-files", "--cached", "--others", "--exclude-standard"];
  const { stdout, status } = spawnSync("git", args, { cwd: root, encoding: "utf8" });
  if (status !== 0) throw new Error("git ls-files failed: the tests run in a clone");
  return stdout.split("\n").filter((path) => path !== "" && existsSync(join(root, path)));
}

function linesOf(path: string): string[] {
  return readFileSync(join(root, path), "utf8").split("\n");
}

function linesWith(pattern: RegExp, path: string): string[] {
  return linesOf(path).flatMap((text, index) =>
    pattern.test(text) ? [`${path}:${index + 1} ${text.trim()}`] : [],
  );
}
