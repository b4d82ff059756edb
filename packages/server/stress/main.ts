import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../../../scripts/free-port.ts";
import { processesIn } from "../../../scripts/stress-engine/left-behind.ts";
import { seededRandom } from "../../../scripts/stress-engine/random.ts";
import { toBillionths } from "../src/access/budgets/account.ts";
import { fileKeys } from "../src/access/keys/file-keys.ts";
import { addKey } from "../src/access/keys/keys.ts";
import { startVendor } from "../test/support/vendor.ts";
import { ask } from "./ask.ts";
import { readBook, sum } from "./book.ts";
import { type CallKind, codeOf, textOf } from "./call-kinds.ts";
import { StressedServer } from "./server.ts";
import { maxOutputTokens } from "./settings.ts";
import { Tally } from "./tally.ts";
import { answerTo, playsOf } from "./vendor-plays.ts";

const calls = Number(process.env.ACC_STRESS_CALLS ?? 5_000);
const atOnce = 48;
const seed = Number(process.env.ACC_STRESS_SEED ?? Date.now() % 1_000_000);
const random = seededRandom(seed);

const folder = mkdtempSync(join(tmpdir(), "acc-stress-server-"));
const vendor = await startVendor(playsOf(random));
const ownerToken = "o".repeat(43);
const port = await freePort();
const server = new StressedServer({ folder, port, vendor: vendor.url, ownerToken });

/** Two that have enough, and one whose budget is gone in the middle. */
const poorUsd = calls * 0.000_2;
const budgets = { one: 1_000, other: 1_000, poor: poorUsd };
const keys = await Promise.all(
  Object.entries(budgets).map(async ([name, usd]) => {
    const made = await addKey(fileKeys(`${folder}/keys`), { name, budget: { usd, per: "month" } });
    return { token: made.token, id: made.key.id, name, usd, tally: new Tally() };
  }),
);

const ends = new Map<string, number>();
const heaps: number[] = [];
let next = 0;
let done = 0;
let killed = Number.POSITIVE_INFINITY;
let back = Number.POSITIVE_INFINITY;

await server.start();
const started = performance.now();
await Promise.all(Array.from({ length: atOnce }, worker));
const seconds = (performance.now() - started) / 1_000;
heaps.push(await server.heap());
const { left, code } = await server.end();
await vendor.close();
report();
rmSync(folder, { recursive: true, force: true });

async function worker(): Promise<void> {
  while (next < calls) {
    const number = next++;
    await makeCall(number);
    done += 1;
    if (done === Math.floor(calls / 2)) await killAndStart();
    if (done === Math.floor(calls * 0.6)) heaps.push(await server.heap());
  }
}

async function killAndStart(): Promise<void> {
  killed = performance.now();
  await server.kill();
  await server.start();
  back = performance.now();
}

async function makeCall(number: number): Promise<void> {
  // Nobody asks while it starts, as behind a balancer: those in flight are cut.
  while (performance.now() > killed && performance.now() < back) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const key = random() < 0.1 ? undefined : keys[Math.floor(random() * keys.length)];
  const kind = kindOf(number, key?.token ?? ownerToken);
  const from = performance.now();
  const { status, body, isCut } = await ask(port, kind);
  const isInKill = from < back && performance.now() > killed;
  const end = endOf(kind, { status, body, isCut, isInKill });
  ends.set(end, (ends.get(end) ?? 0) + 1);
  key?.tally.count(kind.prompt, end === "right");
}

function kindOf(number: number, token: string): CallKind {
  const paths = ["/v1/chat/completions", "/v1/responses", "/v1/messages"] as const;
  const path = paths[number % 3] ?? paths[0];
  const stream = random() < 0.6;
  const way = random();
  const bound = path === "/v1/messages" || random() < 0.5 ? maxOutputTokens : undefined;
  return {
    path,
    token,
    prompt: `n${number}`,
    stream,
    maxOutputTokens: bound,
    leaves: way < 0.1,
    isSlow: way >= 0.1 && way < 0.2,
  };
}

interface Came {
  readonly status: number;
  readonly body: string;
  readonly isCut: boolean;
  readonly isInKill: boolean;
}

/** "right", "left", the code of a failure, or, where it should not have ended so, "WRONG …". */
function endOf(kind: CallKind, { status, body, isCut, isInKill }: Came): string {
  if (kind.leaves && body !== "") return "left";
  if (isCut) return isInKill ? "cut by the kill" : `WRONG cut with status ${status}`;
  try {
    if (status === 200 && textOf(kind, body) === answerTo(kind.prompt).text) return "right";
    const code = codeOf(kind, body);
    return code === undefined ? `WRONG ${status} ${body.slice(-200)}` : `${kind.path} ${code}`;
  } catch {
    return `WRONG ${status} ${body.slice(-200)}`;
  }
}

function faults(): string[] {
  const book = readBook(`${folder}/budgets`);
  const found = [...ends.keys()].filter((end) => end.startsWith("WRONG"));
  for (const { id, name, usd, tally } of keys) {
    const page = book.get(id) ?? { settled: 0, unsettled: [] };
    found.push(...tally.faults(name, page));
    const spent = page.settled + sum(page.unsettled);
    if (spent > toBillionths(usd)) found.push(`${name}: the budget is overspent`);
  }
  if (left.length > 0) found.push(`the server still holds ${left.join(", ")}`);
  if (code !== 0) found.push(`the server ended with ${code}`);
  const processes = processesIn(folder);
  if (processes.length > 0) found.push(`there are processes left: ${processes.join(", ")}`);
  if (growth() > 4_096) found.push("the heap grows with each call");
  if ((ends.get("right") ?? 0) < calls / 3) found.push("too few calls were answered");
  return found;
}

/** Bytes for each call of the last two fifths. */
function growth(): number {
  return ((heaps.at(-1) ?? 0) - (heaps[0] ?? 0)) / (calls * 0.4);
}

function report(): void {
  const found = faults();
  const book = readBook(`${folder}/budgets`);
  process.stdout.write(
    `seed ${seed}: ${calls} calls, ${atOnce} at once, ${seconds.toFixed(0)} s\n`,
  );
  for (const [end, count] of [...ends].sort((a, b) => b[1] - a[1])) {
    process.stdout.write(`  ${String(count).padStart(5)}  ${end}\n`);
  }
  for (const { id, name, usd, tally } of keys) {
    const { settled = 0, unsettled = [] } = book.get(id) ?? {};
    const known = `${tally.certain / 1e9} are certain, of ${tally.doubts} calls nobody knows`;
    process.stdout.write(
      `key ${name}: $${settled / 1e9} settled, $${sum(unsettled) / 1e9} taken (${unsettled.length}), of $${usd}; ${known}\n`,
    );
  }
  const megabytes = heaps.map((bytes) => (bytes / 1e6).toFixed(1)).join(" ");
  process.stdout.write(
    `heap after the kill, MB: ${megabytes}; ${growth().toFixed(0)} bytes a call\n`,
  );
  for (const fault of found) process.stdout.write(`FAULT ${fault}\n`);
  if (found.length > 0) process.exitCode = 1;
}
