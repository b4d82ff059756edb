import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { nodeBinary } from "../../../test/node-versions/node-binary.ts";
import { compareKeys } from "./support/compare-keys.ts";

const COUNT = 10_000;
const script = fileURLToPath(new URL("./other-nodes/compare-keys.ts", import.meta.url));

test("10,000 keys equal the oracle's on this Node", { timeout: 60_000 }, () => {
  expect(compareKeys(COUNT, 1)).toBe(COUNT);
});

describe.each([22, 24, 26] as const)("Node %i", (line) => {
  const node = nodeBinary(line);
  test.skipIf(!node)("10,000 keys equal the oracle's", { timeout: 60_000 }, async () => {
    const args = ["--no-warnings", script, String(COUNT), String(line)];
    const { stdout } = await promisify(execFile)(node as string, args);
    expect(stdout).toBe(`${COUNT} keys equal\n`);
  });
});
