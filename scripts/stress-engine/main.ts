import { copyFile, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startFailingServer } from "./failing-server.ts";
import { heapNow } from "./heap-now.ts";
import { handles, leftBehind } from "./left-behind.ts";
import { deadline, makeCall, type Setting } from "./make-call.ts";
import { seededRandom } from "./random.ts";

const calls = 5_000;
const atOnce = 64;
if (globalThis.gc === undefined) throw new Error("Run it with node --expose-gc.");

const seed = Number(process.argv[2] ?? Date.now() % 1_000_000);
const home = await mkdtemp(join(tmpdir(), "acc-stress-"));
const temp = join(home, "tmp");
const cliPath = join(home, "claude.mjs");
await mkdir(temp);
await copyFile(fileURLToPath(new URL("../matrix/fixture-claude.mjs", import.meta.url)), cliPath);
Object.assign(process.env, { HOME: home, TMPDIR: temp });
const ownHandles = handles();
const random = seededRandom(seed);
const server = await startFailingServer(random);
const setting: Setting = { url: server.url, cliPath, random, longest: 0 };

const ends = new Map<string, number>();
const heaps: number[] = [];
const started = performance.now();
let next = 0;
let done = 0;

async function worker(): Promise<void> {
  while (next < calls) {
    const number = next++;
    const end = await makeCall(number, setting);
    ends.set(end, (ends.get(end) ?? 0) + 1);
    done += 1;
    if (done % 1_000 === 0) heaps.push(await heapAlone());
  }
}

/** Without what the server has noted. */
function heapAlone(): Promise<number> {
  server.requests.length = 0;
  return heapNow();
}

await Promise.all(Array.from({ length: atOnce }, worker));
const seconds = (performance.now() - started) / 1_000;
await server.close();
heaps[heaps.length - 1] = await heapAlone();
const left = await leftBehind(cliPath, temp, ownHandles);
await rm(home, { recursive: true, force: true });

const growth = (heaps.at(-1) ?? 0) / (heaps[0] ?? 1) - 1;
const wrong = [...ends].filter(([end]) => end.startsWith("WRONG"));
const leftCount = left.processes.length + left.folders.length + left.handles.length;
process.stdout.write(`seed ${seed}: ${calls} calls, ${atOnce} at once, ${seconds.toFixed(0)} s\n`);
for (const [end, count] of [...ends].sort((a, b) => b[1] - a[1])) {
  process.stdout.write(`  ${String(count).padStart(5)}  ${end}\n`);
}
process.stdout.write(`longest call ${Math.round(setting.longest)} ms, deadline ${deadline} ms\n`);
process.stdout.write(`left behind: ${JSON.stringify(left)}\n`);
process.stdout.write(
  `heap after each 1,000 calls, MB: ${heaps.map((bytes) => (bytes / 1e6).toFixed(1)).join(" ")}; growth ${(growth * 100).toFixed(1)}%\n`,
);
if (wrong.length > 0 || leftCount > 0 || growth > 0.1) process.exitCode = 1;
