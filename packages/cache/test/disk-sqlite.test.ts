import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { nodeBinary } from "../../../test/node-versions/node-binary.ts";

const suites = fileURLToPath(new URL("./other-nodes/sqlite-suites.ts", import.meta.url));
const node = nodeBinary(24);

test.skipIf(!node)(
  "the sqlite store passes every suite under Node 24",
  { timeout: 60_000 },
  async () => {
    const args = ["--test-reporter=tap", "--no-warnings", suites];
    const run = await promisify(execFile)(node as string, args).catch((error) => error);
    expect(run.stdout, run.stdout).toMatch(/^# fail 0$/m);
    const passed = Number(/^# pass (\d+)$/m.exec(run.stdout)?.[1]);
    expect(passed).toBeGreaterThan(45);
  },
);
