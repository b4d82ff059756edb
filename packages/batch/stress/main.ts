import { fork } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { seededRandom } from "../../../scripts/stress-engine/random.ts";
import type { BatchResult } from "../src/contract.ts";
import { StressVendor } from "./vendor.ts";

const lines = Number(process.env.ACC_STRESS_LINES ?? 5_000);
const kills = Number(process.env.ACC_STRESS_KILLS ?? 50);
const seed = Number(process.env.ACC_STRESS_SEED ?? Date.now() % 1_000_000);
const concurrency = 32;
const random = seededRandom(seed);

const folder = mkdtempSync(join(tmpdir(), "acc-stress-batch-"));
const input = join(folder, "in.jsonl");
const output = join(folder, "out.jsonl");
/** Every tenth line is equal to an earlier one. */
const promptOf = (line: number) => `p${line % 10 === 0 ? Math.floor(line / 2) : line}`;
const prompts = Array.from({ length: lines }, (_, index) => promptOf(index + 1));
writeFileSync(input, prompts.map((prompt) => `${JSON.stringify(prompt)}\n`).join(""));

const vendor = new StressVendor(random);
const url = await vendor.start();
const faults: string[] = [];
const ends = new Map<string, number>();
/** Prompts that were asked by a run that was killed, and had no durable answer. */
let lost = new Set<string>();
let askedAgain = 0;
let mostAgain = 0;

interface End {
  readonly killed: boolean;
  readonly result?: BatchResult & { readonly code?: string };
}

const started = performance.now();
for (let kill = 0; kill < kills; kill += 1) await oneRun(kindOf(kill));
let last = await oneRun(undefined);
for (let again = 0; again < 5 && last.result?.failed; again += 1) {
  last = await oneRun(undefined, true);
}
const seconds = (performance.now() - started) / 1_000;
await vendor.close();
check();
report();
rmSync(folder, { recursive: true, force: true });

type Kind = "signal" | "torn" | "sync" | "full";

/** Half are killed from outside, at any point; the others in the middle of a write. */
function kindOf(kill: number): Kind {
  return (["signal", "torn", "signal", "sync", "signal", "full"] as const)[kill % 6] as Kind;
}

async function oneRun(kind: Kind | undefined, retryFailed = false): Promise<End> {
  const durable = durablePrompts(retryFailed);
  const share = lines / kills;
  const requests = 1 + Math.floor(random() * 1.6 * share);
  /** Each answer is two writes; the disk is waited for some ten times a second. */
  const most = kind === "sync" ? 3 : 1.6 * share;
  const fault = kind && kind !== "signal" && { kind, after: Math.floor(random() * most) };
  const settings = { url, input, output, concurrency, fault, retryFailed };
  const path = fileURLToPath(new URL("./batch-process.mjs", import.meta.url));
  const child = fork(path, [JSON.stringify(settings)], { execArgv: [] });
  let seen = 0;
  vendor.begin(() => {
    seen += 1;
    if (kind === "signal" && seen === requests) child.kill("SIGKILL");
  });
  let result: End["result"];
  child.once("message", (message) => {
    result = message as End["result"];
  });
  const killed = await new Promise<boolean>((resolve) => {
    child.once("exit", (_, signal) => resolve(signal === "SIGKILL"));
  });
  const end = killed ? `killed: ${kind}` : (result?.code ?? result?.stopped?.code ?? "ended");
  ends.set(end, (ends.get(end) ?? 0) + 1);
  countAgain(durable);
  return { killed, ...(result && { result }) };
}

/** What an earlier run had asked and this one asks again; nothing that was durable may be among it. */
function countAgain(durable: ReadonlySet<string>): void {
  const now = new Set(vendor.asked.keys());
  const again = [...now].filter((prompt) => lost.has(prompt)).length;
  const wrong = [...now].filter((prompt) => durable.has(prompt));
  if (wrong.length > 0) faults.push(`asked again though it was durable: ${wrong.join(", ")}`);
  if (again > concurrency) faults.push(`${again} lines were asked again after one kill`);
  askedAgain += again;
  mostAgain = Math.max(mostAgain, again);
  const kept = durablePrompts(false);
  lost = new Set([...lost, ...now].filter((prompt) => !kept.has(prompt)));
  if (lost.size > concurrency) faults.push(`${lost.size} lines were asked and are not durable`);
}

/** The prompts whose answer or failure the journal has, by its whole lines. */
function durablePrompts(retryFailed: boolean): Set<string> {
  if (!existsSync(`${output}.journal`)) return new Set();
  const whole = readFileSync(`${output}.journal`, "utf8").split("\n").slice(1, -1);
  const kinds = retryFailed ? ["answered"] : ["answered", "failed"];
  const found = new Set<string>();
  for (const line of whole) {
    const [kind, index] = JSON.parse(line) as [string, number];
    if (kinds.includes(kind)) found.add(prompts[index] ?? "");
  }
  return found;
}

function check(): void {
  const counts = new Map<number, number>();
  for (const text of readFileSync(output, "utf8").split("\n").slice(0, -1)) {
    const { line, reply } = JSON.parse(text) as { line: number; reply: { text: string } };
    counts.set(line, (counts.get(line) ?? 0) + 1);
    if (reply.text !== `re: ${prompts[line - 1]}`) faults.push(`line ${line} has another's answer`);
  }
  const twice = [...counts.values()].filter((count) => count > 1).length;
  if (twice > 0) faults.push(`${twice} lines were written more than once`);
  if (counts.size !== lines) faults.push(`${lines - counts.size} lines were lost`);
  if (existsSync(`${output}.failed.jsonl`)) faults.push("there are failures left");
  if (last.result?.answered !== lines) faults.push(`the last run ended ${JSON.stringify(last)}`);
  const killed = [...ends].filter(([end]) => end !== "ended").map(([, count]) => count);
  const sum = killed.reduce((total, count) => total + count, 0);
  if (sum < kills * 0.7) faults.push(`only ${sum} of ${kills} runs were cut short`);
}

function report(): void {
  const unique = new Set(prompts).size;
  const told = [
    `seed ${seed}: ${lines} lines (${unique} different), ${kills} kills, ${seconds.toFixed(0)} s`,
    ...[...ends].map(([end, count]) => `  ${String(count).padStart(5)}  ${end}`),
    `the vendor had ${vendor.requests} requests; ${askedAgain} lines were asked again after kills,`,
    `at most ${mostAgain} after one (${concurrency} are open at once)`,
    ...faults.map((fault) => `FAULT ${fault}`),
  ];
  process.stdout.write(`${told.join("\n")}\n`);
  if (faults.length > 0) process.exitCode = 1;
}
