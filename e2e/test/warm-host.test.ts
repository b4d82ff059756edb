import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { describe, expect, it, vi } from "vitest";
import { plays } from "../../scripts/vendor-answers.ts";
import { callsIn } from "./received.ts";
import { Scene } from "./scene.ts";
import { newestClis } from "./targets.ts";

const scene = new Scene();
const host = fileURLToPath(new URL("../fixtures/warm-host.mjs", import.meta.url));
const patience = { timeout: 50_000 };

/** One that outlives a host that was killed is what is most reported of: openclaw/openclaw#132621. */
describe.each(newestClis)("$name", ({ vendor, command }) => {
  it.each(["an exit", "SIGTERM", "SIGINT", "SIGKILL"])(
    "waits for a call, and asks nothing when %s ends its host",
    { timeout: 120_000 },
    async (how) => {
      const server = await scene.serve(plays(vendor, "An answer"));
      const args = [host, vendor, command, server.url, scene.credential];
      const child = spawn(process.execPath, args, { stdio: ["pipe", "pipe", "inherit"] });
      await once(child.stdout, "data");
      scene.attempted();
      await waitsQuietly(vendor === "openai" ? 2 : 1);
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

/** A process is there (Codex runs behind one of Node.js), and has come to where it does nothing. */
async function waitsQuietly(count: number): Promise<void> {
  await vi.waitFor(async () => {
    const found = scene.processes();
    expect(found).toHaveLength(count);
    const before = found.map(timeOf);
    await delay(1_000);
    for (const [index, pid] of found.entries()) {
      expect(timeOf(pid) - (before[index] ?? 0)).toBeLessThan(3);
    }
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
