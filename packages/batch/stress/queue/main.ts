import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { seededRandom } from "../../../../scripts/stress-engine/random.ts";
import { hasRedisServer, startRedis } from "../../../server/test/support/redis-server.ts";
import { echo, startVendor } from "../../test/support/vendor.ts";

/** `acc batch --queue` with a real Redis and three workers, one of which is killed again and again. */
const lines = Number(process.env.ACC_STRESS_QUEUE_LINES ?? 2_000);
const kills = Number(process.env.ACC_STRESS_QUEUE_KILLS ?? 6);
const seed = Number(process.env.ACC_STRESS_SEED ?? Date.now() % 1_000_000);
const acc = fileURLToPath(new URL("../../../cli/dist/main.cjs", import.meta.url));
const workerCount = 3;
const concurrency = 4;

if (hasRedisServer()) await stress();
else process.stdout.write("skipped: redis-server is not installed\n");

async function stress(): Promise<void> {
  const random = seededRandom(seed);
  const home = mkdtempSync(join(tmpdir(), "acc-stress-queue-"));
  const redis = await startRedis();
  const workers: ChildProcess[] = [];
  /** By how many requests the vendor has had: when the next worker is killed. */
  const due = Array.from({ length: kills }, (_, kill) =>
    Math.ceil(((kill + random()) * lines * 0.9) / kills),
  );
  let killed = 0;
  const vendor = await startVendor((response, prompt) => {
    if (vendor.prompts.length >= (due[killed] ?? Number.POSITIVE_INFINITY)) replaceOne();
    setTimeout(() => echo(response, prompt), 5 + random() * 20);
  });
  const env = {
    HOME: home,
    PATH: process.env.PATH ?? "",
    GROQ_API_KEY: "test-key-that-opens-nothing",
    GROQ_BASE_URL: vendor.url,
  };
  const start = (args: readonly string[]) =>
    spawn(process.execPath, [acc, "batch", ...args, "--queue", redis.url], {
      ...{ cwd: home, env, stdio: ["ignore", "ignore", "pipe"] },
    });
  const startWorker = () => {
    workers.push(start(["worker", "--concurrency", String(concurrency)]));
  };
  const replaceOne = () => {
    workers[Math.floor(random() * workers.length)]?.kill("SIGKILL");
    workers.splice(0, workers.length, ...workers.filter(({ killed: isKilled }) => !isKilled));
    killed += 1;
    startWorker();
  };
  const started = performance.now();
  try {
    const prompts = Array.from({ length: lines }, (_, index) => `"p${index}"\n`);
    writeFileSync(join(home, "in.jsonl"), prompts.join(""));
    for (let worker = 0; worker < workerCount; worker += 1) startWorker();
    const owner = start(["in.jsonl", "-o", "out.jsonl", "-p", "groq", "--no-cache"]);
    let said = "";
    owner.stderr?.on("data", (text) => {
      said += text;
    });
    const [code] = await once(owner, "exit");
    const faults = faultsOf(readFileSync(join(home, "out.jsonl"), "utf8"), vendor.prompts);
    if (code !== 0) faults.push(`the batch ended with ${code}: ${said}`);
    if (killed < kills) faults.push(`only ${killed} of ${kills} workers were killed`);
    report(faults, vendor.prompts.length, (performance.now() - started) / 1_000);
  } finally {
    await Promise.all(workers.map(end));
    await redis.stop();
    await vendor.close();
    rmSync(home, { recursive: true, force: true });
  }
}

/** Each line is written once with its own answer; asked again is what a killed worker had taken. */
function faultsOf(output: string, asked: readonly string[]): string[] {
  const faults: string[] = [];
  const written = new Set<number>();
  for (const text of output.split("\n").slice(0, -1)) {
    const { line, reply } = JSON.parse(text) as { line: number; reply: { text: string } };
    if (written.has(line)) faults.push(`line ${line} was written more than once`);
    if (reply.text !== `re: p${line - 1}`) faults.push(`line ${line} has another's answer`);
    written.add(line);
  }
  if (written.size !== lines) faults.push(`${lines - written.size} lines were lost`);
  const again = asked.length - new Set(asked).size;
  if (again > kills * concurrency) faults.push(`${again} lines were asked again`);
  return faults;
}

function report(faults: readonly string[], requests: number, seconds: number): void {
  const told = [
    `the queue, seed ${seed}: ${lines} lines, ${workerCount} workers, ${kills} of them killed, ${seconds.toFixed(0)} s`,
    `the vendor had ${requests} requests: ${requests - lines} lines were asked again`,
    `(each of those killed may have had ${concurrency})`,
    ...faults.map((fault) => `FAULT ${fault}`),
  ];
  process.stdout.write(`${told.join("\n")}\n`);
  if (faults.length > 0) process.exitCode = 1;
}

async function end(worker: ChildProcess): Promise<void> {
  if (worker.exitCode !== null || worker.signalCode !== null) return;
  worker.kill("SIGKILL");
  await once(worker, "exit");
}
