import { spawnSync } from "node:child_process";
import { openSync } from "node:fs";
import { expect, it } from "vitest";
import { batchScene } from "./support/scene.ts";

/** vanhauser-thc/thc-hydra#35: what a shell's `<(…)` names is empty when it is read again. */
it.skipIf(process.platform === "win32")("refuses an input that can be read but once", async () => {
  const scene = await batchScene();
  const input = scene.path("pipe");
  spawnSync("mkfifo", [input]);
  await expect(scene.run({ input })).rejects.toMatchObject({
    code: "INPUT_UNREADABLE",
    message: expect.stringContaining("not a file"),
  });
  await expect(scene.run({ input: scene.path("") })).rejects.toMatchObject({
    code: "INPUT_UNREADABLE",
  });
  expect(scene.vendor.prompts).toEqual([]);
  expect(scene.has("out.jsonl.journal")).toBe(false);
});

it("writes nothing beside an output that is a folder or a device", async () => {
  const scene = await batchScene();
  scene.write("in.jsonl", '"a"\n');
  for (const output of [scene.path(""), "/dev/null"]) {
    await expect(scene.run({ output })).rejects.toMatchObject({ code: "OUTPUT_UNWRITABLE" });
  }
  expect(() => openSync("/dev/null.journal", "r")).toThrow("ENOENT");
  expect(scene.vendor.prompts).toEqual([]);
});
