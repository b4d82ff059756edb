import {
  existsSync,
  mkdirSync,
  readdirSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import os from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { all, at, kept, names, node, run } from "./compiled-scene.ts";

const hour = 60 * 60 * 1000;
const day = 24 * hour;
const ago = (milliseconds: number) => new Date(Date.now() - milliseconds);

afterEach(() => {
  vi.restoreAllMocks();
  syncBuiltinESMExports();
});

/** The name of a folder that another install, or another machine, keeps its code in. */
function another(number: number): string {
  const hash = String(number).padStart(16, "0");
  return `gemini-${hash}-${hash}-${hash}`;
}

/** Puts a folder there as it was left so many milliseconds ago. */
function leave(name: string, milliseconds: number): string {
  mkdirSync(join(all(), name, "v22"), { recursive: true, mode: 0o700 });
  writeFileSync(join(all(), name, "v22", "code"), "x");
  utimesSync(join(all(), name), ago(milliseconds), ago(milliseconds));
  return name;
}

describe.runIf(node)("what is kept of compiled code", () => {
  it.each([
    ["keeps its own", false],
    ["finds its own", true],
  ])("goes unused for a month, or never finished, where another run %s", async (_, isThere) => {
    if (isThere) await kept();
    const old = [leave(another(1), 31 * day), leave("unfinished-1", 2 * hour)];
    const young = [leave(another(2), 29 * day), leave("unfinished-2", hour / 2)];
    writeFileSync(join(all(), "config-rare-file-v20.20.2-x64.v8"), "");
    utimesSync(join(all(), "config-rare-file-v20.20.2-x64.v8"), ago(90 * day), ago(90 * day));
    expect(await run()).toMatchObject({ accepted: isThere ? 2 : 0 });
    expect(names()).not.toEqual(expect.arrayContaining([expect.stringMatching(old.join("|"))]));
    expect(names()).toEqual(expect.arrayContaining([...young, "config-rare-file-v20.20.2-x64.v8"]));
    expect(names().some((name) => name.startsWith("cli-"))).toBe(true);
  });

  it("stays where it is used: a run notes that, once a day", async () => {
    const folder = await kept();
    utimesSync(folder, ago(29 * day), ago(29 * day));
    expect(await run()).toMatchObject({ accepted: 2 });
    const noted = statSync(folder).mtimeMs;
    expect(noted).toBeGreaterThan(Date.now() - day);
    await run();
    expect(statSync(folder).mtimeMs).toBe(noted);
    const now = Date.now.bind(Date);
    vi.spyOn(Date, "now").mockImplementation(() => now() + 2 * day);
    expect(await run()).toMatchObject({ accepted: 2 });
    expect(statSync(folder).mtimeMs).toBeGreaterThan(noted + day);
  });

  it("is 32 folders at most, of which those last used stay", async () => {
    for (let number = 1; number <= 40; number++) leave(another(number), number * hour);
    await run();
    expect(names()).toHaveLength(32);
    expect(names()).toContain(another(31));
    expect(await run()).toMatchObject({ accepted: 2 });
  });

  it("goes with the links that were put there, and not with what they lead to", async () => {
    mkdirSync(all(), { recursive: true, mode: 0o700 });
    mkdirSync(at("outside"));
    for (let number = 1; number <= 40; number++)
      symlinkSync(at("outside"), join(all(), another(number)));
    writeFileSync(at("outside", "file"), "");
    await run();
    expect(names()).toHaveLength(32);
    expect(readdirSync(at("outside"))).toEqual(["file"]);
  });

  it.each<readonly [string, () => void]>([
    ["its own key", () => vi.stubEnv("XDG_STATE_HOME", at("state-of-another"))],
    [
      "another name",
      () => {
        vi.spyOn(os, "hostname").mockReturnValue("another");
        syncBuiltinESMExports();
      },
    ],
  ])("is each machine's own where one with %s has the same cache", async (_, onAnother) => {
    const folder = await kept();
    onAnother();
    expect(await run()).toMatchObject({ accepted: 0 });
    expect(await run()).toMatchObject({ accepted: 2 });
    await run({ version: "2.0.0" });
    expect(existsSync(folder)).toBe(true);
    expect(names()).toHaveLength(2);
    vi.stubEnv("XDG_STATE_HOME", undefined);
    vi.restoreAllMocks();
    syncBuiltinESMExports();
    expect(await run()).toEqual({ cache: folder, accepted: 2 });
  });
});
