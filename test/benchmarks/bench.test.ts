import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { met } from "../../benchmarks/harness/report.ts";
import { asJson, runAll } from "../../benchmarks/harness/run-all.ts";
import { withPart } from "../../benchmarks/harness/with-part.ts";

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
  expect(stderr).toContain("hit, sdk, pace, server, batch, cli");
});

test("figures of some benches take the place of theirs alone", () => {
  const page = `Measured long ago.

## Goals

| bench | goal | measured | |
| ----- | ---- | -------: | - |
| key | fast | 1x | met |
| cli | quick | 9 % | **missed** |
| start | soon | 1x | met |

## key: keys

Keys.

## cli: calls

Old figures.

## start: imports

Imports.
`;
  const rows = ["| pace | even | 1x | met |"];
  const parts = [
    { name: "cli", goals: ["| cli | quick | 1 % | met |"], section: "## cli: calls\n\nNew." },
    { name: "pace", goals: rows, section: "\n## pace: limits\n\nFirst." },
  ];
  const changed = withPart(page, parts, ["key", "pace", "cli", "start"]);
  const rowsNow = changed.split("\n").filter((line) => /^\| (key|pace|cli|start) /.test(line));
  expect(rowsNow.map((row) => row.split(" ")[1])).toEqual(["key", "pace", "cli", "start"]);
  expect(changed).not.toMatch(/Old figures|9 %/);
  const headings = [...changed.matchAll(/^## (\w+)/gm)].map(([, name]) => name);
  expect(headings).toEqual(["Goals", "key", "pace", "cli", "start"]);
  expect(changed).toMatch(/^Measured long ago\.\n/);
  expect(withPart(changed, parts, ["key", "pace", "cli", "start"])).toBe(changed);
});

test("the figures of a bench that is new begin a paragraph of their own", () => {
  const page =
    "Measured.\n\n## Goals\n\n| bench |\n|---|\n| key | 1 |\n\n## key: old\n\n- Said last.\n";
  const parts = [{ name: "pace", goals: ["| pace | 2 |"], section: "## pace: new\n" }];
  const changed = withPart(page.trim(), parts, ["key", "pace"]);
  expect(changed).toMatch(/- Said last\.\n\n## pace: new\n$/);
});

test("--help says what it does and runs nothing", () => {
  const { status, stdout } = bench("--help");
  expect(status).toBe(0);
  expect(stdout).toContain("--json");
});
