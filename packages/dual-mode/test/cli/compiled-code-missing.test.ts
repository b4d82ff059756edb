import { expect, test, vi } from "vitest";
import { names, run } from "./compiled-scene.ts";

vi.mock("../../src/cli/compiled/compiled-code.ts", () => {
  throw new Error("Cannot find module");
});

test("a run goes on where what keeps its compiled code cannot be loaded", async () => {
  expect(await run()).toEqual({ accepted: 0 });
  expect(names()).toEqual([]);
});
