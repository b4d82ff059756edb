import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { onChange } from "../../src/cli/on-change.ts";
import { Scene } from "./scene.ts";

const scene = new Scene();
const linux = process.platform === "linux";

test.runIf(linux)("each write to the file is told, until that is ended", async () => {
  const path = join(scene.folder, "output");
  writeFileSync(path, "");
  const changed = vi.fn();
  const ignore = onChange(path, changed);
  for (const word of ["one", "two"]) {
    changed.mockClear();
    appendFileSync(path, word);
    await vi.waitFor(() => expect(changed).toHaveBeenCalled());
  }
  ignore();
  await delay(20);
  changed.mockClear();
  appendFileSync(path, "three");
  await delay(50);
  expect(changed).not.toHaveBeenCalled();
});

test("a file that cannot be watched is no fault", () => {
  const ignore = onChange(join(scene.folder, "none"), () => {});
  expect(ignore).not.toThrow();
});
