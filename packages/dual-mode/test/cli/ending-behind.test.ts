import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { CommandContext } from "../../src/cli/command.ts";
import { dropStandbysOf } from "../../src/cli/standby/pool.ts";
import { Scene } from "./scene.ts";

/** The end of each group waits for it. */
const group = vi.hoisted(() => ({ release: () => {}, held: Promise.resolve() }));

vi.mock("../../src/cli/process-group.ts", async (load) => {
  const actual = await load<typeof import("../../src/cli/process-group.ts")>();
  const endGroup: typeof actual.endGroup = async (...of) => {
    await group.held;
    await actual.endGroup(...of);
  };
  return { ...actual, endGroup };
});

const scene = new Scene();
const owner = {};
const standby = { count: 0, ttl: 1, owner, scope: "", secrets: [], claimed: () => {} };

beforeEach(() => {
  group.held = new Promise((resolve) => {
    group.release = resolve;
  });
});
afterEach(() => group.release());

/** A command that stays behind its answer, and what its caller has of it so far. */
function answers(plan: object, context: Partial<CommandContext> = { standby }) {
  const args = ["the answer\nmore\n", "deaf"];
  const run = scene.run("say-and", { args, ...plan }, context);
  const heard: string[] = [];
  const read = async () => {
    for await (const line of run.lines) {
      heard.push(line);
      run.complete(0);
    }
    return run.exit;
  };
  return { exit: read(), heard };
}

const settled = async (promise: Promise<unknown>) => {
  const late = new Promise((resolve) => setTimeout(resolve, 300, "late"));
  return (await Promise.race([promise.then(() => "settled"), late])) === "settled";
};

test("an answer does not wait for the end of an expendable command, and the client's does", async () => {
  const { exit, heard } = answers({ expendable: true });
  expect(await exit).toMatchObject({ signal: "SIGKILL", lingered: true, stderr: "" });
  expect(heard).toEqual(["the answer", "more"]);
  expect(scene.runFolders()).toHaveLength(1);
  const closed = dropStandbysOf(owner);
  const other = dropStandbysOf({});
  expect([await settled(closed), await settled(other)]).toEqual([false, true]);
  group.release();
  await closed;
  expect([...scene.processes(), ...scene.runFolders()]).toEqual([]);
});

test.each([
  ["one that is asked to end", {}, { standby }],
  ["one of a client that has none started ahead", { expendable: true }, {}],
])("it waits for the end of %s", async (_, plan, context) => {
  const { exit } = answers(plan, context);
  expect(await settled(exit)).toBe(false);
  group.release();
  expect(await exit).toMatchObject({ lingered: true });
  expect([...scene.processes(), ...scene.runFolders()]).toEqual([]);
});
