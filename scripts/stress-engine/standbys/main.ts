import { existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { heapNow } from "../heap-now.ts";
import { handles, leftBehind, processesIn } from "../left-behind.ts";
import { seededRandom } from "../random.ts";
import { ask } from "./ask.ts";
import { Clients } from "./clients.ts";

const { ACC_STRESS_STANDBY_CALLS = 5_000, ACC_STRESS_SEED = Date.now() % 1_000_000 } = process.env;
const calls = Number(ACC_STRESS_STANDBY_CALLS);
const seed = Number(ACC_STRESS_SEED);
const atOnce = 8;
const looks = 5;
if (globalThis.gc === undefined) throw new Error("Run it with node --expose-gc.");

const home = await mkdtemp(join(tmpdir(), "acc-stress-"));
const temp = join(home, "tmp");
const played = join(home, "played");
const notes = join(home, "notes");
await mkdir(temp);
await cp(fileURLToPath(new URL("played", import.meta.url)), played, { recursive: true });
Object.assign(process.env, { HOME: home, TMPDIR: temp });
const ownHandles = handles();
const random = seededRandom(seed);
const [claude, gemini] = [join(played, "claude.mjs"), join(played, "gemini.mjs")];
const clients = new Clients({ claude, gemini, notes });

const ends = new Map<string, number>();
const heaps: number[] = [];
const started = performance.now();
let next = 0;
let done = 0;
let warm = 0;
let killed = 0;

async function worker(): Promise<void> {
  while (next < calls) {
    const number = next++;
    const index = Math.floor(random() * 2);
    if (random() < 0.05) killOne();
    const call = ask(clients.at(index), number, random);
    if (random() < 0.005) clients.replace(index);
    const { how, isWarm } = await call;
    ends.set(how, (ends.get(how) ?? 0) + 1);
    if (isWarm) warm += 1;
    done += 1;
    if (done % (calls / looks) === 0) heaps.push(await heapNow());
  }
}

/** Any of those that are there: one that waits, is being started, or answers. */
function killOne(): void {
  const all = processesIn(played);
  const pid = all[Math.floor(random() * all.length)];
  if (pid === undefined) return;
  process.kill(Number(pid), "SIGKILL");
  killed += 1;
}

await Promise.all(Array.from({ length: atOnce }, worker));
const seconds = (performance.now() - started) / 1_000;
await clients.close();
heaps[heaps.length - 1] = await heapNow();
const left = await leftBehind(played, temp, ownHandles);
const noted = existsSync(notes) ? await readFile(notes, "utf8") : "";
await rm(home, { recursive: true, force: true });

const growth = (heaps.at(-1) ?? 0) / (heaps[0] ?? 1) - 1;
const wrong = [...ends].filter(([end]) => end.startsWith("WRONG"));
const leftCount = left.processes.length + left.folders.length + left.handles.length;
const say = (line: string) => process.stdout.write(`${line}\n`);
say(`seed ${seed}: ${calls} calls of processes that wait, ${seconds.toFixed(0)} s`);
for (const [end, count] of [...ends].sort((a, b) => b[1] - a[1])) {
  say(`  ${String(count).padStart(5)}  ${end}`);
}
say(`${warm} were taken by a process that had waited; ${killed} processes were killed`);
say(`asked what nobody asked: ${noted === "" ? "nothing" : noted}`);
say(`left behind: ${JSON.stringify(left)}`);
const shown = heaps.map((bytes) => (bytes / 1e6).toFixed(1)).join(" ");
say(`heap on the way, MB: ${shown}; growth ${(growth * 100).toFixed(1)}%`);
const isWhole = warm > calls / 20 && noted === "" && leftCount === 0 && growth <= 0.1;
if (wrong.length > 0 || !isWhole) process.exitCode = 1;
