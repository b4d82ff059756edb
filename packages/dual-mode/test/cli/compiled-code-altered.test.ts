import {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { all, at, kept, keyFile, names, node, run, scene, someFile } from "./compiled-scene.ts";

function changedAt(folder: string): bigint | undefined {
  return statSync(folder, { bigint: true, throwIfNoEntry: false })?.ctimeNs;
}

describe.runIf(node)("with a Node.js that keeps it", () => {
  it.each<readonly [string, (folder: string) => void]>([
    ["one file was altered", (folder) => appendFileSync(someFile(folder), "x")],
    [
      "one file was altered, and its time set back",
      (folder) => {
        const file = someFile(folder);
        const { atime, mtime } = statSync(file);
        const bytes = readFileSync(file);
        bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
        writeFileSync(file, bytes);
        utimesSync(file, atime, mtime);
      },
    ],
    ["one file is gone", (folder) => rmSync(someFile(folder))],
    [
      "one file is a link to another place",
      (folder) => {
        const file = someFile(folder);
        cpSync(file, at("outside"));
        rmSync(file);
        symlinkSync(at("outside"), file);
      },
    ],
    ["the seal is gone", (folder) => rmSync(join(folder, "seal.json"))],
    ["the seal is not JSON", (folder) => writeFileSync(join(folder, "seal.json"), "{")],
    ["others may look into the folder", (folder) => chmodSync(folder, 0o755)],
  ])("is not used, and removed, where %s", async (_, harm) => {
    const folder = await kept();
    harm(folder);
    const altered = changedAt(folder);
    expect(await run()).toMatchObject({
      accepted: 0,
      cache: expect.stringContaining(scene.temp),
    });
    expect(changedAt(folder)).not.toBe(altered);
  });

  it.each<readonly [string, () => void, boolean]>([
    ["is gone", () => rmSync(keyFile()), true],
    ["can be read by others", () => chmodSync(keyFile(), 0o644), false],
    [
      "came here with other files",
      () => {
        cpSync(keyFile(), `${keyFile()}.copy`);
        renameSync(`${keyFile()}.copy`, keyFile());
      },
      true,
    ],
  ])("is not used where its key %s", async (_, harm, isKeptAnew) => {
    const folder = await kept();
    harm();
    const { cache, accepted } = await run();
    expect({ accepted, isGiven: cache !== undefined }).toEqual({
      accepted: 0,
      isGiven: isKeptAnew,
    });
    const anew = names().filter((name) => join(all(), name) !== folder);
    expect(anew).toHaveLength(isKeptAnew ? 1 : 0);
  });

  it("is not used where another program has put it there, however well it is made", async () => {
    const folder = await kept();
    rmSync(folder, { recursive: true });
    await run();
    const planted = at("planted");
    cpSync(folder, planted, { recursive: true });
    appendFileSync(someFile(planted), "x");
    rmSync(folder, { recursive: true });
    renameSync(planted, folder);
    expect(await run()).toMatchObject({ accepted: 0 });
  });

  it("what came to it since is removed before the next run", async () => {
    const folder = await kept();
    const more = join(dirname(someFile(folder)), "more");
    writeFileSync(more, "of another");
    symlinkSync(scene.folder, join(folder, "link"));
    expect(await run()).toEqual({ cache: folder, accepted: 2 });
    expect(existsSync(more) || existsSync(join(folder, "link"))).toBe(false);
    expect(existsSync(at("tool", "cli.mjs"))).toBe(true);
  });
});
