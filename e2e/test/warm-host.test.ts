import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it, vi } from "vitest";
import { plays } from "../../scripts/vendor-answers.ts";
import { newestClis } from "./doors.ts";
import { callsIn } from "./received.ts";
import { Scene } from "./scene.ts";

const scene = new Scene();
const host = fileURLToPath(new URL("../fixtures/warm-host.mjs", import.meta.url));
const waitingDoors = newestClis.filter(({ vendor }) => vendor === "claude" || vendor === "gemini");
const patience = { timeout: 50_000 };

describe.each(waitingDoors)("$name", ({ vendor, command }) => {
  it.each(["an exit", "SIGTERM", "SIGINT", "SIGKILL"])(
    "waits for a call, and asks nothing when %s ends its host",
    { timeout: 120_000 },
    async (how) => {
      const server = await scene.serve(plays(vendor, "An answer"));
      const args = [host, vendor, command, server.url, scene.credential];
      const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
      await once(child.stdout, "data");
      scene.attempted();
      await waitsQuietly();
      const ended = once(child, "exit");
      if (how === "an exit") child.stdin.write("end\n");
      else child.kill(how as NodeJS.Signals);
      expect(await ended).toEqual(how === "an exit" ? [3, null] : [null, how]);
      await vi.waitFor(() => expect(readdirSync(tmpdir())).toEqual([]), patience);
      expect(scene.processes()).toEqual([]);
      expect(callsIn(server.requests)).toHaveLength(1);
    },
  );
});

/** One process is there, and has come to where it does nothing. */
async function waitsQuietly(): Promise<void> {
  await vi.waitFor(async () => {
    const [pid, ...others] = scene.processes();
    expect([pid === undefined, others]).toEqual([false, []]);
    const before = timeOf(pid as number);
    await delay(1_000);
    expect(timeOf(pid as number) - before).toBeLessThan(3);
  }, patience);
}

/** What of the processors it has used, in hundredths of a second. */
function timeOf(pid: number): number {
  const [user = 0, system = 0] = readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /s, "")
    .split(" ")
    .slice(11, 13)
    .map(Number);
  return user + system;
}
