import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, vi } from "vitest";

/** For each test of a file a home, and a folder for temporary files in which nothing may be left. */
export function ownFolders(): { readonly home: string } {
  let home = "";
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), "acc-home-"));
    mkdirSync(join(home, "temp"));
    vi.stubEnv("HOME", home);
    vi.stubEnv("TMPDIR", join(home, "temp"));
  });
  afterEach(() => {
    const left = readdirSync(join(home, "temp"));
    vi.unstubAllEnvs();
    rmSync(home, { recursive: true, force: true });
    expect(left).toEqual([]);
  });
  return {
    get home() {
      return home;
    },
  };
}
