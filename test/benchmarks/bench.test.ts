import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { met } from "../../benchmarks/harness/report.ts";
import { asJson, runAll } from "../../benchmarks/harness/run-all.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const report = { tables: [], goals: [{ says: "fast", measured: 1, atMost: 2, unit: "x" }] };
const ran = { title: "a bench", machine: "a machine", report };

/** The command, in this process's Node.js; it needs no peer before it runs a bench. */
function bench(...args: string[]) {
  const command = ["--import", "tsx", "benchmarks/main.ts", ...args];
  return spawnSync(process.execPath, command, { cwd: root, encoding: "utf8" });
}

test("a bench that fails is told with its reason and takes no other with it", async () => {
  const told: string[] = [];
  const outcome = await runAll(
    ["first", "broken", "last"],
    async (name) => {
      if (name === "broken") throw new Error("it broke");
      return ran;
    },
    (name) => told.push(name),
  );
  expect([...outcome.ran.keys()]).toEqual(["first", "last"]);
  expect(told).toEqual(["first", "last"]);
  expect([...outcome.failed]).toEqual([["broken", "it broke"]]);
});

test("the JSON document holds the machine, each bench's figures, and what failed", () => {
  const outcome = { ran: new Map([["hit", ran]]), failed: new Map([["sdk", "it broke"]]) };
  expect(JSON.parse(asJson(outcome, false))).toEqual({
    machine: "a machine",
    full: false,
    benches: { hit: { title: "a bench", ...report } },
    failed: { sdk: "it broke" },
  });
});

test("a goal may be a most or a least, and no figure at all meets neither", () => {
  const goal = { says: "", unit: "x" };
  expect(met({ ...goal, measured: 2, atMost: 2 })).toBe(true);
  expect(met({ ...goal, measured: 2.1, atMost: 2 })).toBe(false);
  expect(met({ ...goal, measured: 5, atLeast: 5 })).toBe(true);
  expect(met({ ...goal, measured: 4.9, atLeast: 5 })).toBe(false);
  expect(met({ ...goal, measured: Number.NaN, atMost: 2 })).toBe(false);
});

test("an unknown name is refused, with those that there are", () => {
  const { status, stderr, stdout } = bench("hit", "nothing");
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toMatch(/no bench is named nothing\n/);
  expect(stderr).toContain("hit, sdk, pace, cli");
});

test("a part of the figures is not recorded as if it were all of them", () => {
  const { status, stderr } = bench("hit", "--record");
  expect(status).toBe(2);
  expect(stderr).toContain("--record writes the figures of all benches");
});

test("--help says what it does and runs nothing", () => {
  const { status, stdout } = bench("--help");
  expect(status).toBe(0);
  expect(stdout).toContain("--json");
});
