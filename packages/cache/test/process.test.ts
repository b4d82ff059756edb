import { execFile } from "node:child_process";
import { chmodSync, existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { nodeBinary } from "../../../test/node-versions/node-binary.ts";
import { temporaryFolder } from "./support/temporary.ts";

const fixture = (name: string) => fileURLToPath(new URL(`./fixtures/${name}.js`, import.meta.url));
const execute = promisify(execFile);

const nodes = [
  { store: "files", node: process.execPath },
  { store: "sqlite", node: nodeBinary(24) },
];

describe.each(nodes)("a process with $store", ({ store, node }) => {
  const run = async (name: string, ...args: string[]) => {
    const { stdout } = await execute(node as string, [fixture(name), ...args], { timeout: 15_000 });
    return stdout;
  };

  test.skipIf(!node)("ends by itself with the cache open, and its counts last", async () => {
    const directory = temporaryFolder();
    expect(await run("leave-open", directory)).toBe("computed");
    expect(await run("leave-open", directory)).toBe("hit");
    const { stdout } = await execute(node as string, [fixture("print-total"), directory]);
    const total = JSON.parse(stdout);
    expect(total).toMatchObject({ misses: 1, stores: 1, errors: 0 });
    expect(total.hits).toEqual({ memory: 2, [store]: 1 });
    expect(total.byLabel).toMatchObject({ one: { hits: 3, misses: 1 } });
  });

  // earendil-works/pi#6406: where nothing can be written, a program must still work, and end
  test.skipIf(!node)("ends by itself though its counts cannot be kept", async () => {
    expect(await run("no-counts")).toBe("done");
  });

  test.skipIf(!node)("loads neither crypto nor sqlite before it needs them", async () => {
    const directory = join(temporaryFolder(), "cache");
    const found = JSON.parse(await run("import-only", directory));
    expect(found).toEqual({ imported: [], opened: [], used: true });
    expect(existsSync(join(directory, store))).toBe(true);
  });

  test.skipIf(!node || process.platform === "win32")("a full disk is a miss", async () => {
    const limited = `trap '' XFSZ; ulimit -f 100; exec "$0" "$@"`;
    const args = ["-c", limited, node as string, fixture("trouble"), temporaryFolder(), "full"];
    const { stdout } = await execute("bash", args);
    expect(JSON.parse(stdout)).toEqual({ stored: false, outcome: "computed", failed: true });
  });

  test.skipIf(!node || process.platform === "win32")("a read-only folder is a miss", async () => {
    const parent = temporaryFolder();
    const directory = join(parent, "cache");
    mkdirSync(directory);
    chmodSync(parent, 0o755);
    chmodSync(directory, 0o555);
    // Root may write anywhere, so it becomes somebody who may not.
    const action = process.getuid?.() === 0 ? "as-nobody" : "read-only";
    expect(JSON.parse(await run("trouble", directory, action))).toEqual({
      stored: false,
      outcome: "computed",
      failed: true,
    });
    chmodSync(directory, 0o755);
  });
});
