import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { filesStore, openCache } from "../src/index.ts";
import { temporaryFolder } from "./support/temporary.ts";

const MIB = 1024 * 1024;

function sizeOf(directory: string): number {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => statSync(join(parentPath, name)).size)
    .reduce((sum, size) => sum + size, 0);
}

test("a loop of writes that lets no other turn come does not outrun the pruning of files", async () => {
  const directory = temporaryFolder();
  await using cache = openCache({ store: [filesStore({ directory, maxBytes: MIB })] });
  const text = "x".repeat(20_000);
  for (let index = 0; index < 400; index++) await cache.set(cache.key({ index }), text);
  expect(sizeOf(directory)).toBeLessThan(1.25 * MIB);
  expect((await cache.get(cache.key({ index: 399 })))?.value).toBe(text);
});
