import { expect, test } from "vitest";
import { parseJsonLine, readJsonLines } from "../../src/cli/json-lines.ts";
import { collect } from "./scene.ts";

async function* lines(...all: string[]) {
  yield* all;
}

test.each([
  ['{"a":1}', { a: 1 }],
  ['  {"a":1}\t', { a: 1 }],
  ['\uFEFF{"a":1}', { a: 1 }],
  ["Loaded cached credentials.", undefined],
  ['{"a":', undefined],
  ["[1]", undefined],
  ["null", undefined],
  ["", undefined],
])("%j is %j", (line, object) => {
  expect(parseJsonLine(line)).toEqual(object);
});

test("lines that are no JSON are skipped, and the logger is told", async () => {
  const told: unknown[] = [];
  const logger = { debug: (...args: unknown[]) => told.push(args) };
  const polluted = lines("Update available!", '{"a":1}', "", "{half", '{"b":2}');
  expect(await collect(readJsonLines(polluted, logger))).toEqual([{ a: 1 }, { b: 2 }]);
  expect(told).toEqual([
    [expect.any(String), { line: "Update available!" }],
    [expect.any(String), { line: "{half" }],
  ]);
});

test("leaving the loop leaves the lines' loop too", async () => {
  let left = false;
  async function* source() {
    try {
      yield '{"a":1}';
      yield '{"a":2}';
    } finally {
      left = true;
    }
  }
  for await (const _ of readJsonLines(source())) break;
  expect(left).toBe(true);
});
