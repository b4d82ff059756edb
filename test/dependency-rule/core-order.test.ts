import { expect, test } from "vitest";
import { coreOrder, orderBreaches } from "./core-order.ts";
import { readSources } from "./workspace.ts";

test("the rooms of the core stand in one order", () => {
  const sources = readSources("packages/dual-mode", "src");
  expect(Object.keys(sources).length).toBeGreaterThan(coreOrder.length);
  expect(orderBreaches(sources, coreOrder)).toEqual([]);
});

const order = ["contract", "detect", "cli", "first-call"];
const house = (path: string, code: string) => ({
  "src/error.ts": "",
  "src/contract/code.ts": "",
  "src/detect/find.ts": "",
  "src/cli/run.ts": "",
  "src/first-call.ts": `export { run } from "./cli/run.ts";`,
  [path]: code,
});

test.each([
  ["src/cli/run.ts", `import { find } from "../detect/find.ts";`],
  ["src/contract/code.ts", `import type { DualModeError } from "../error.ts";`],
  ["src/detect/find.ts", `const run = () => import("../first-call.ts");`],
])("%s may say: %s", (path, code) => {
  expect(orderBreaches(house(path, code), order)).toEqual([]);
});

test.each([
  ["src/detect/find.ts", `import type { Run } from "../cli/run.ts";`, "src/cli/run.ts"],
  ["src/detect/find.ts", `const run = () => import("../cli/run.ts");`, "src/cli/run.ts"],
  ["src/error.ts", `import { find } from "./detect/find.ts";`, "src/detect/find.ts"],
  ["src/detect/find.ts", `import { run } from "../first-call.ts";`, "src/first-call.ts"],
])("%s may not say: %s", (path, code, target) => {
  expect(orderBreaches(house(path, code), order)).toEqual([`${path} reaches up to ${target}`]);
});

test("a room without a place is seen", () => {
  expect(orderBreaches(house("src/attic/a.ts", ""), order)).toEqual([
    "src/attic/a.ts is in a room that has no place in the order",
  ]);
});
