import { execFile, execFileSync } from "node:child_process";
import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "./temporary-folder.ts";

const run = promisify(execFile);
const program = fileURLToPath(new URL("./fixtures/programs/keychain.mjs", import.meta.url));
const present =
  process.platform === "linux" && has("dbus-run-session") && has("gnome-keyring-daemon");

function has(command: string): boolean {
  try {
    execFileSync("sh", ["-c", `command -v ${command}`], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** A home, a session bus and a keyring of their own. */
async function inSession(...args: string[]): Promise<Record<string, unknown>> {
  const home = temporaryFolder();
  const runtime = join(home, "run");
  mkdirSync(runtime, { mode: 0o700 });
  const env = { PATH: process.env.PATH, HOME: home, XDG_RUNTIME_DIR: runtime };
  const unlock = "printf 'pw\\n' | gnome-keyring-daemon --unlock --components=secrets >/dev/null";
  const command = `${unlock}; exec "$0" "$@"`;
  const { stdout } = await run(
    "dbus-run-session",
    ["--", "bash", "-c", command, process.execPath, program, ...args],
    { env, timeout: 60_000 },
  );
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
}

test.runIf(process.env.CI)("CI has a real gnome-keyring", () => expect(present).toBe(true));

describe.skipIf(!present)("a real Secret Service", () => {
  test("holds the wrapping key and nothing else; a secret each passes the conformance suite", async () => {
    const directory = join(temporaryFolder(), "store");
    const seen = await inSession(directory);
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
