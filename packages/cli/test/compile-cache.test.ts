import { execFileSync } from "node:child_process";
import { chmod, mkdir, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { nodeBinary } from "../../../test/node-versions/node-binary.ts";
import { type AccHome, accMain, emptyHome } from "./acc.ts";

const node = nodeBinary(24) ?? "";
let home: AccHome;
let cache: string;
beforeEach(async () => {
  home = await emptyHome();
  cache = join(home.path, "cache");
});
afterEach(() => home.remove());

const start = () =>
  execFileSync(node, [accMain, "config", "explain"], {
    env: { HOME: home.path, ACC_CACHE_DIR: cache },
  });

it.skipIf(node === "")("keeps compiled code beside the answers, for this user alone", async () => {
  await mkdir(cache, { mode: 0o700 });
  start();
  const compiled = join(cache, "compiled");
  expect((await stat(compiled)).mode & 0o777).toBe(0o700);
  expect((await readdir(compiled, { recursive: true })).length).toBeGreaterThan(3);
});

it.skipIf(node === "")("makes no folder of its own for it", async () => {
  start();
  expect(await readdir(home.path)).toEqual([]);
});

it.skipIf(node === "")("takes no code from a folder that others may write to", async () => {
  await mkdir(cache);
  await chmod(cache, 0o777);
  start();
  expect(await readdir(cache)).toEqual([]);
});
