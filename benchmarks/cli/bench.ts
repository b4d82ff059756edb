import assert from "node:assert/strict";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { compare, row, type Subject } from "../harness/compare.ts";
import { repeated } from "../harness/repeated.ts";
import type { Bench, Goal, Row, Table } from "../harness/report.ts";
import { text } from "../harness/texts.ts";
import { startVendors } from "../harness/vendors.ts";
import { bareRun } from "./bare-run.ts";
import { compareInARow, inARow } from "./in-a-row.ts";
import { compareInstant } from "./instant.ts";
import { inFolder, recordRun } from "./recorded-run.ts";
import { installTargets, type Target, targets } from "./targets.ts";

const prompt = "Say hello in 2 pieces";
const answer = text(20, 0) + text(20, 1);

export const bench: Bench = {
  title: "a call through the CLI, over the bare CLI",
  async run() {
    installTargets();
    using vendors = await startVendors();
    const folder = realpathSync(mkdtempSync(join(tmpdir(), "acc-bench-cli-")));
    const tables: Table[] = [];
    const goals: Goal[] = [];
    const remarks = [sameness];
    try {
      for (const target of targets) {
        const { rows, instant, first } = await measure(
          target,
          vendors.url,
          join(folder, target.name),
        );
        const ours = row(rows, `@acc/${target.name} chat()`);
        const bare = row(rows, `${target.name}, bare`);
        tables.push({ title: target.name, unit: "ms", reference: bare.subject, rows });
        const played = `${target.name}, played by a stand-in that answers at once`;
        tables.push({ title: played, unit: "ms", reference: "the stand-in, bare", rows: instant });
        const measured = (ours.ratio - 1) * 100;
        const says = `${target.name}: over the bare CLI`;
        if (!target.isShort) goals.push({ says, measured, atMost: 5, unit: "%" });
        const waiting = await measureWaiting(target, rows, vendors.url);
        tables.push(...waiting.tables);
        goals.push(...waiting.goals);
        const over = first - row(rows, bare.subject).figure;
        remarks.push(
          `${target.name}: a process's first call, with its probes: ${over.toFixed(0)} ms over the bare CLI, measured once.`,
        );
      }
    } finally {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
    }
    return { tables, goals, remarks };
  },
};

const sameness =
  "Flags, environment, files and all that is said on stdin of the bare run are those that our runner gives the CLI, recorded from it; its folders are made before the clock starts and removed after it. Ours makes and removes them within its time.";

const warmName = ({ name }: Target) => `@acc/${name} chat(), standby: 1`;

/** What processes that wait are held to, where there is a goal. */
async function measureWaiting(
  target: Target,
  rows: readonly Row[],
  url: string,
): Promise<{ readonly tables: Table[]; readonly goals: Goal[] }> {
  const { name, warm } = target;
  if (warm === undefined) return { tables: [], goals: [] };
  const waiting = row(rows, warmName(target));
  const overSdk = waiting.figure - row(rows, sdkName(target)).figure;
  const ten = await compareInARow(target, url);
  const { reference, atMost } = inARow;
  const title = `${name}, ${inARow.title}`;
  const ofTen = row(ten, inARow.ours).ratio;
  const says = `${name}, by a process that has waited:`;
  return {
    tables: [{ title, unit: "ms", reference, rows: ten }],
    goals: [
      { says: `${says} of the bare CLI`, measured: waiting.ratio, atMost: warm, unit: "x" },
      { says: `${says} over SDK mode`, measured: overSdk, atMost: 160, unit: "ms" },
      { says: `${title}, ${inARow.ours}: of SDK mode`, measured: ofTen, atMost, unit: "x" },
    ],
  };
}

const sdkName = ({ name }: Target) => `@acc/${name} chat(), SDK mode`;

/** Milliseconds in which a process is ready to be called: several times what its start takes. */
const warmUp = 4_000;

async function measure(
  target: Target,
  url: string,
  folder: string,
): Promise<{ readonly rows: Row[]; readonly instant: Row[]; readonly first: number }> {
  const { name, command, rounds, answered, open } = target;
  const recorded = await recordRun((standIn) => open(url, standIn), command, prompt, folder);
  const instant = await compareInstant((at) => open(url, at), command, recorded, folder);
  await using client = open(url, command);
  const chat = async () => assert.equal((await client.chat(prompt)).text, answer);
  const begun = performance.now();
  await chat();
  const first = performance.now() - begun;
  const runs = Array.from({ length: 2 * rounds }, (_, at) =>
    inFolder(recorded, join(folder, `${at}`)),
  );
  const bare = (detached: boolean) => async () => {
    const run = runs.pop() as (typeof runs)[number];
    assert.match(await bareRun(command, run, detached), answered);
  };
  const reference = `${name}, bare`;
  await using warm = open(url, command, 1);
  const chatWarm = async () => assert.equal((await warm.chat(prompt)).warm, true);
  await warm.chat(prompt);
  const waiting: Subject = {
    name: warmName(target),
    kind: "ours",
    ready: () => delay(warmUp),
    batch: repeated(chatWarm),
  };
  await using sdk = target.openSdk(url);
  const bySdk: Subject = {
    name: sdkName(target),
    kind: "ours",
    batch: repeated(async () => assert.equal((await sdk.chat(prompt)).text, answer)),
  };
  const rows = await compare(
    [
      bySdk,
      { name: `@acc/${name} chat()`, kind: "ours", batch: repeated(chat) },
      waiting,
      { name: reference, kind: "floor", batch: repeated(bare(false)) },
      {
        name: `${name}, bare, in a session of its own`,
        kind: "floor",
        batch: repeated(bare(true)),
      },
    ],
    { reference, rounds, count: 1, unitUs: 1000 },
  );
  return { rows, instant, first };
}
