import { expect, test } from "vitest";
import type { CommandPlan } from "../../src/cli/command.ts";
import { runCommand } from "../../src/cli/run-command.ts";
import { Scene } from "./scene.ts";

const scene = new Scene();

/** Runs a command that stays behind its answer, with an hour to end by itself. */
async function exitOf(plan: Partial<CommandPlan>) {
  const run = runCommand(scene.context("say-and"), async (folder) => ({
    args: ["the answer\n", "deaf"],
    stdin: "",
    report: await folder.write("report", "all is said"),
    ...plan,
  }));
  for await (const _ of run.lines) run.complete(plan.expendable ? 3_600_000 : 200);
  return run.exit;
}

test("an expendable command whose report says all is killed, and not waited for", async () => {
  const isReported = (report: string) => report.includes("all");
  expect(await exitOf({ expendable: true, isReported })).toMatchObject({
    signal: "SIGKILL",
    lingered: true,
    report: "all is said",
  });
});

test("any other has the time that it was given", async () => {
  const isReported = () => {
    throw new Error("It is not asked.");
  };
  expect(await exitOf({ isReported })).toMatchObject({ lingered: true });
});
