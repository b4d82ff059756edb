import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import config from "../../vitest.config.ts";
import { checkSteps } from "../steps/check-steps.ts";
import { root } from "../steps/root.ts";
import { ciSteps } from "./steps.ts";

const projects = (config.test?.projects ?? []).map((project) => {
  if (typeof project !== "object" || !("test" in project)) throw new Error("It has no name.");
  return `vitest run --project ${String(project.test?.name)}`;
});
const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

test("the check runs every project of tests, once", () => {
  const commands = checkSteps.map(({ command }) => command.join(" "));
  expect(projects.length).toBeGreaterThan(1);
  for (const project of projects) {
    expect(commands.filter((command) => command.startsWith(`${project} `))).toHaveLength(1);
  }
});

test("CI runs the script of every project of tests, once, and counts what it reports", () => {
  const steps = ciSteps().filter(({ report }) => report !== undefined);
  const ran = steps.map(({ command: [, , , script] }) => String(scripts[String(script)]));
  for (const project of projects) {
    expect(ran.filter((script) => script.endsWith(`&& ${project}`))).toHaveLength(1);
  }
  expect(new Set(steps.map(({ report }) => report)).size).toBe(steps.length);
});
