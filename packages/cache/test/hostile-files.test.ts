import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, symlinkSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { filesStore, openCache } from "../src/index.ts";

let directory = "";
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "acc-hostile-files-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

/** Reading any of them to its end would take for ever, or all memory. */
const planted: readonly [string, (path: string) => void][] = [
  ["a link to a device", (path) => symlinkSync("/dev/zero", path)],
  ["a pipe", (path) => void execFileSync("mkfifo", [path])],
  ["a file larger than the store", () => {}],
];

test.skipIf(process.platform === "win32").each(planted)(
  "%s in the place of a record is a miss",
  async (what, plant) => {
    const open = () =>
      openCache({ store: filesStore({ directory, maxBytes: 1_000_000 }), memoryBytes: 0 });
    const cache = open();
    const key = cache.key({ question: 1 });
    await cache.set(key, ["answer"]);
    expect(await cache.get(key)).toBeDefined();
    const record = recordOf(key);
    if (what.startsWith("a file")) truncateSync(record, 8_000_000_000);
    else {
      rmSync(record);
      plant(record);
    }
    expect(await cache.get(key)).toBeUndefined();
    await cache.close();
  },
);

function recordOf(key: string): string {
  const all = readdirSync(directory, { recursive: true, encoding: "utf8" });
  const found = all.find((name) => /entries\/\w+\/./.test(name));
  if (found === undefined) throw new Error(`There is no record of ${key}.`);
  return join(directory, found);
}
