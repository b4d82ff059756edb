import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { hasSecretService, inSession } from "./secret-service.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const program = fileURLToPath(new URL("./fixtures/programs/keychain.mjs", import.meta.url));
const run = promisify(execFile);

test.runIf(process.env.CI)("CI has a real gnome-keyring", () =>
  expect(hasSecretService).toBe(true),
);

describe.skipIf(!hasSecretService)("a real Secret Service", () => {
  test("holds the wrapping key and nothing else; a secret each passes the conformance suite", async () => {
    const directory = join(temporaryFolder(), "store");
    const seen = await inSession(program, directory);
    expect(seen).toEqual({
      usual: "first-value-0001",
      provider: "keychain",
      entryHolds: [expect.stringMatching(/^[A-Za-z0-9_-]{43}=$/)],
      rotated: true,
      afterRotation: "first-value-0001",
      withoutEntry: "MISSING_KEY",
      rules: expect.any(Number),
      broken: [],
      tooLong: "VALUE_TOO_LONG",
    });
    expect(readdirSync(directory).filter((name) => name.endsWith(".key"))).toEqual([]);
  }, 60_000);

  test("without a session bus it is refused, with no other keeper in its place", async () => {
    const directory = join(temporaryFolder(), "store");
    const env = { PATH: process.env.PATH, HOME: temporaryFolder() };
    const args = [program, directory, "absent"];
    const { stdout } = await run(process.execPath, args, { env, timeout: 60_000 });
    expect(JSON.parse(stdout)).toEqual({ absent: "KEYCHAIN_UNAVAILABLE" });
  }, 60_000);
});
