import files, { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it, onTestFinished, vi } from "vitest";
import { claim } from "../src/serve/claim.ts";
import { firstToken } from "../src/serve/owner-token.ts";
import { emptyHome } from "./acc.ts";

/** What a start left behind that was killed, so many minutes ago. */
async function leave(place: string, minutes: number): Promise<void> {
  await mkdir(dirname(place), { recursive: true, mode: 0o700 });
  await writeFile(place, "of one that was killed");
  const at = new Date(Date.now() - minutes * 60_000);
  await utimes(place, at, at);
}

async function newPlace(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "acc-claim-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, "first-start");
}

it.each([60, -60])(
  "first starts at once, of a slow store and after one that was killed %i minutes ago, have one token",
  async (minutes) => {
    const place = await newPlace();
    await leave(place, minutes);
    let kept: string | undefined;
    const store = {
      read: async () => {
        await sleep(100);
        return kept;
      },
      keep: async (token: string) => {
        await sleep(300);
        kept = token;
      },
    };
    const tokens = await Promise.all(Array.from({ length: 3 }, () => firstToken(store, place)));
    expect(new Set(tokens)).toEqual(new Set([kept]));
    expect(await readdir(dirname(place))).toEqual([]);
  },
);

it("who was held to be dead does not take away the claim of another", async () => {
  const place = await newPlace();
  const release = await claim(place);
  const long = new Date(Date.now() - 3_600_000);
  await utimes(place, long, long);
  const releaseOther = await claim(place);
  await release();
  expect((await stat(place)).isFile()).toBe(true);
  await releaseOther();
  expect(await readdir(dirname(place))).toEqual([]);
});

// What rename answers where the folder is another's; root, as in a container, may do all.
it("a claim that is left behind and cannot be removed is told, and not waited for", async () => {
  const place = await newPlace();
  await leave(place, 60);
  const refusal = Object.assign(new Error("EACCES: permission denied"), { code: "EACCES" });
  const refused = vi.spyOn(files, "rename").mockRejectedValue(refusal);
  syncBuiltinESMExports();
  onTestFinished(() => {
    refused.mockRestore();
    syncBuiltinESMExports();
  });
  await expect(claim(place)).rejects.toMatchObject({
    code: "FOLDER_NOT_WRITABLE",
    message: expect.stringMatching(/first-start was left behind .* EACCES/),
  });
});

it("who has a claim for long says that it lives, and is not held to be dead", async () => {
  const place = await newPlace();
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  onTestFinished(() => void vi.useRealTimers());
  const release = await claim(place);
  const long = new Date(Date.now() - 3_600_000);
  await utimes(place, long, long);
  await vi.advanceTimersByTimeAsync(5_000);
  await vi.waitFor(
    async () => expect((await stat(place)).mtimeMs).toBeGreaterThan(Date.now() - 60_000),
    30_000,
  );
  await release();
  expect([await readdir(dirname(place)), vi.getTimerCount()]).toEqual([[], 0]);
});

it("three of acc at once print the token that the store has, after a start that was killed", async () => {
  const home = await emptyHome();
  onTestFinished(() => home.remove());
  await leave(join(home.path, ".config", "acc", "server", "first-start"), 60);
  const token = async () => {
    const { stdout } = await home.acc(["serve", "env", "--json"]);
    return JSON.parse(stdout).OPENAI_API_KEY as string;
  };
  const tokens = await Promise.all([token(), token(), token()]);
  expect(new Set(tokens)).toEqual(new Set([await token()]));
}, 60_000);
