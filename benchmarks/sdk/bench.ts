import assert from "node:assert/strict";
import { compare, ratioOf, row, type Subject } from "../harness/compare.ts";
import { repeated } from "../harness/repeated.ts";
import type { Bench, Goal, Row, Table } from "../harness/report.ts";
import { startVendors } from "../harness/vendors.ts";
import type { Call, Calls } from "./calls.ts";
import { claudeCalls } from "./claude.ts";
import { geminiCalls } from "./gemini.ts";
import { type GenerateTextCalls, generatesOver, generateTextCalls } from "./generate-text.ts";
import { groqCalls } from "./groq.ts";
import { openaiCalls } from "./openai.ts";

const lengths = [2, 100] as const;

export const bench: Bench = {
  title: "a call through the SDK, over the bare SDK",
  async run() {
    using vendors = await startVendors();
    const tables: Table[] = [];
    const goals: Goal[] = [];
    const streams = new Map<string, Call>();
    for (const open of [groqCalls, claudeCalls, geminiCalls, openaiCalls]) {
      const { vendor, chat, stream, close } = open(vendors.url);
      streams.set(vendor, chat.bare);
      for (const [shape, calls] of Object.entries({ chat, stream })) {
        for (const pieces of lengths) {
          const title = `${vendor}, ${shape}, an answer of ${pieces} pieces`;
          const rows = await measure(calls, pieces);
          tables.push({ title, unit: "ms", reference: calls.bare.name, rows });
          goals.push(...goalsOf(title, calls, rows));
        }
      }
      await close();
    }
    const { calls, close } = generateTextCalls(vendors.url);
    for (const call of calls) {
      for (const pieces of lengths) {
        const table = await measureText(call, streams.get(call.vendor) as Call, pieces);
        tables.push(table);
        goals.push(textGoal(call, table));
      }
    }
    await close();
    return { tables, goals, remarks };
  },
};

const remarks = [
  "Another process plays the vendors on loopback. The bare SDK is one client that is kept; it is asked for a stream, whose text is put together, as ours asks it.",
  "ai's overhead is taken over the same bare SDK asked for what ai asks Groq for: generateText wants one document, streamText a stream. ai itself uses its own fetch, which costs less than groq-sdk.",
  "generateText of @acc/ai-sdk asks for a stream and that of @ai-sdk for one document: the bare SDK's rows say what that stream takes, with ai around it and by itself.",
];

async function measure(calls: Calls, pieces: number): Promise<Row[]> {
  const { ours, bare, peer, floor } = calls;
  const prompt = `Say hello in ${pieces} pieces`;
  const others = [bare, ...(peer ? [peer.call, peer.bare] : [])];
  await checkSame([ours, ...others], prompt);
  const all = new Set([ours, ...others, ...(floor ? [floor] : [])]);
  const subjects = [...all].map((call) => subject(call, prompt));
  return compare(subjects, { reference: bare.name, rounds: 41, unitUs: 1000 });
}

function subject({ name, kind, ask }: Call, prompt: string): Subject {
  return { name, kind, batch: repeated(() => ask(prompt)) };
}

async function measureText(
  { vendor, ours, peer }: GenerateTextCalls,
  bare: Call,
  pieces: number,
): Promise<Table> {
  const prompt = `Say hello in ${pieces} pieces`;
  const all = [ours, peer, generatesOver(bare), bare];
  await checkSame(all, prompt);
  const subjects = all.map((call) => subject(call, prompt));
  const options = { reference: peer.name, rounds: 41, unitUs: 1000 };
  const title = `generateText of ai, ${vendor}, an answer of ${pieces} pieces`;
  return { title, unit: "ms", reference: peer.name, rows: await compare(subjects, options) };
}

function textGoal({ ours, peer }: GenerateTextCalls, { title, rows }: Table): Goal {
  const measured = ratioOf(rows, ours.name, peer.name);
  return { says: `${title}: over ${peer.name}`, measured, atMost: 1.25, unit: "x" };
}

/** All give the same text, asked for until the process has settled. */
async function checkSame(calls: readonly Call[], prompt: string): Promise<void> {
  for (let at = 0; at < 500; at++) for (const { ask } of calls) await ask(prompt);
  const texts = await Promise.all(calls.map(({ ask }) => ask(prompt)));
  assert.ok(texts[0]);
  for (const text of texts) assert.equal(text, texts[0]);
}

function goalsOf(title: string, { ours, bare, peer }: Calls, rows: readonly Row[]): Goal[] {
  const over = (call: Call, base: Call) =>
    (row(rows, call.name).ratio - row(rows, base.name).ratio) * row(rows, bare.name).figure;
  const own = over(ours, bare);
  const goals: Goal[] = [
    { says: `${title}: over the bare SDK`, measured: own, atMost: 0.3, unit: "ms" },
  ];
  if (peer) {
    const measured = own - over(peer.call, peer.bare);
    goals.push({ says: `${title}: overhead less ai's`, measured, atMost: 0, unit: "ms" });
  }
  return goals;
}
