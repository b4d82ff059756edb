import { spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { fileBudgets } from "../../src/access/budgets/file-budgets.ts";
import { temporaryFolder } from "../support/temporary.ts";
import { account, journal, open } from "./file-budgets-scene.ts";

const otherProcess = fileURLToPath(new URL("../support/budget-process.ts", import.meta.url));

/** Another process that takes and settles; it is killed when it has said so many lines. */
function another(
  folder: string,
  limit: number,
  name: string,
  killAt = Number.POSITIVE_INFINITY,
  ...more: readonly string[]
) {
  const args = ["--import", "tsx", otherProcess, folder, account, String(limit), name, ...more];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  return new Promise<string[]>((resolve) => {
    let said = "";
    child.stdout.on("data", (chunk) => {
      said += chunk;
      if (said.split("\n").length > killAt) child.kill("SIGKILL");
    });
    child.once("close", () => resolve(said.split("\n").filter((line) => line.startsWith("took "))));
  });
}

describe("budgets in files", () => {
  test("lose nothing and overspend nothing where processes are killed in the middle", async () => {
    const folder = temporaryFolder();
    const limit = 400_000;
    const killed = await Promise.all([
      another(folder, limit, "a", 60),
      another(folder, limit, "b", 90),
    ]);
    expect(killed.every((lines) => lines.length >= 60)).toBe(true);
    const after = open(folder);
    const text = readFileSync(join(folder, journal), "utf8");
    const settled = text.split("\n").filter((line) => line.startsWith('["settle"')).length;
    const told = killed.flat().length;
    const spent = await after.spent(account);
    // Each that was told is there; at most one more of each process was taken and not told.
    expect(spent).toBeGreaterThanOrEqual(told * 1_000 - settled * 600);
    expect(spent).toBeLessThanOrEqual((told + 2) * 1_000 - settled * 600);
    await Promise.all([another(folder, limit, "c"), another(folder, limit, "d")]);
    const end = await after.spent(account);
    expect(end).toBeLessThanOrEqual(limit);
    expect(end).toBeGreaterThan(limit - 2_000);
  });

  test("lose nothing where processes are killed while a journal is written anew", async () => {
    const folder = temporaryFolder();
    const limit = 60_000;
    const anew = "1500";
    const killed = await Promise.all([
      another(folder, limit, "a", 25, anew),
      another(folder, limit, "b", 15, anew),
    ]);
    expect(readdirSync(folder).some((name) => name !== journal)).toBe(true);
    const told = killed.flat().length;
    const after = fileBudgets(folder, { longest: Number(anew) });
    onTestFinished(() => after.close());
    const spent = await after.spent(account);
    // Of two that were told one at most is settled, at 400; one more of each may be there.
    expect(spent).toBeGreaterThanOrEqual(told * 400);
    expect(spent).toBeLessThanOrEqual((told + 2) * 1_000);
    const [one, other] = await Promise.all([
      another(folder, limit, "c", undefined, anew),
      another(folder, limit, "d", undefined, anew),
    ]);
    const more = (one.length + other.length) * 1_000;
    const settled = (Math.floor(one.length / 2) + Math.floor(other.length / 2)) * 600;
    const end = await after.spent(account);
    expect(end).toBe(spent + more - settled);
    expect(end).toBeLessThanOrEqual(limit);
    expect(end).toBeGreaterThan(limit - 1_000);
  });
});
