import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ClientOptions } from "../contract/client.ts";
import { fakeCommandSource } from "./fake-command-source.ts";
import type { Script } from "./script.ts";
import type { Sent, Stage } from "./stage.ts";
import type { CommandRefusal, CommandWire } from "./wire.ts";

type Run = { readonly pid: number } & Partial<Sent>;

/** Opens a stage with an executable in a folder of its own that plays what a rule asks for. */
export async function openCommand(
  wire: CommandWire,
  reach: (command: string) => ClientOptions,
): Promise<Stage> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "acc-conformance-")));
  const command = join(folder, "command.mjs");
  const scripts: { readonly script: Script; readonly mark: string }[] = [];
  let { probes } = wire;
  const save = () =>
    writeFileSync(
      join(folder, "plays.json"),
      JSON.stringify({ probes, scripts, dialogue: wire.dialogue }),
    );
  await writeFile(command, fakeCommandSource, { mode: 0o755 });
  save();
  const play = (script: Script, mark = "") => {
    scripts.push({ script, mark });
    save();
  };
  const runs = () => runsIn(join(folder, "runs.jsonl"));
  return {
    mode: "cli",
    options: reach(command),
    answer: (answer) => wire.answer(answer).map((line) => `${line}\n`),
    signOfLife: wire.signOfLife && `${wire.signOfLife}\n`,
    reasons: wire.reasons ?? {},
    limits: () => ({}),
    calls: (calls) => {
      const lines = wire.calls?.(calls);
      return lines && { steps: lines.map((line) => ({ write: `${line}\n` })), ending: "end" };
    },
    refusal: (failure) => refused(wire.failure(failure)),
    models: () => undefined,
    played: undefined,
    play,
    turn: (state) => {
      if (state === "gone") rmSync(command);
      if (state === "loggedOut" && wire.loggedOut !== undefined) play(refused(wire.loggedOut));
      if (state === "tooOld") probes = wire.tooOld ?? probes;
      save();
    },
    release: () => writeFileSync(join(folder, "released"), ""),
    sent: () => runs().filter(isSent),
    alive: () => runs().filter(({ pid }) => isAlive(pid)).length,
    async close() {
      for (const { pid } of runs()) if (isAlive(pid)) process.kill(pid, "SIGKILL");
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function refused({ lines = [], stderr = "", exitCode }: CommandRefusal): Script {
  return { steps: lines.map((line) => ({ write: `${line}\n` })), stderr, ending: exitCode };
}

/**
 * Reads the notes of the runs so far; a note that is still being written is left for the next time.
 */
function runsIn(file: string): readonly Run[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n").slice(0, -1);
  return lines.map((line) => JSON.parse(line) as Run);
}

function isSent(run: Run): run is Run & Sent {
  return run.content !== undefined;
}

/** A dead process that nobody has reaped yet, as in a container without an init, counts as gone. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return !/^[ZX]/.test(stat.slice(stat.lastIndexOf(")") + 2));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return process.platform !== "linux" && code === "ENOENT";
  }
}
