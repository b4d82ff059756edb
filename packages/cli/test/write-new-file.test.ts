import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { writeNewFile } from "../src/output/write-new-file.ts";

const opened = vi.hoisted(() => ({
  instead: undefined as undefined | (() => Promise<FileHandle>),
}));
vi.mock(import("node:fs/promises"), async (original) => {
  const real = await original();
  const open: typeof real.open = (...given) => opened.instead?.() ?? real.open(...given);
  return { ...real, open };
});

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "acc-new-file-"));
});
afterEach(() => {
  opened.instead = undefined;
  rmSync(folder, { recursive: true });
});

const failed = (code: string) => Object.assign(new Error(code), { code });

test("a file that could not be opened is left as it was", async () => {
  const path = join(folder, "config.json");
  writeFileSync(path, "kept");
  opened.instead = () => Promise.reject(failed("EMFILE"));
  await expect(writeNewFile(path, "new")).rejects.toMatchObject({ code: "FILE_UNWRITABLE" });
  expect(readFileSync(path, "utf8")).toBe("kept");
  opened.instead = undefined;
  expect(await writeNewFile(path, "new")).toBe(false);
  expect(readFileSync(path, "utf8")).toBe("kept");
});

test("no part of a file is left on a full disk", async () => {
  const path = join(folder, "config.json");
  opened.instead = async () => {
    writeFileSync(path, "ne");
    const writeFile = () => Promise.reject(failed("ENOSPC"));
    return { writeFile, [Symbol.asyncDispose]: async () => {} } as unknown as FileHandle;
  };
  await expect(writeNewFile(path, "new")).rejects.toThrow("ENOSPC");
  expect(() => readFileSync(path)).toThrow("ENOENT");
});
