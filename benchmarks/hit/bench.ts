import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { memoryStore, openCache } from "@acc/cache";
import { startLoopbackServer } from "../../scripts/loopback-server.ts";
import { compare, ratioOf, row } from "../harness/compare.ts";
import { groqAnswers } from "../harness/groq-answers.ts";
import type { Bench, Goal, Table } from "../harness/report.ts";
import { text } from "../harness/texts.ts";
import { aiWithCache, mapShelf, sqliteShelf } from "./ai-with-cache.ts";
import { generatesConstant, generatesFrom } from "./generate-text.ts";
import { type Asks, oursWithCache, over } from "./ours-with-cache.ts";

const places = ["memory", "disk"] as const;
const sizes = [1, 20] as const;
const questions = 100;

export const bench: Bench = {
  title: "a whole chat() answered from the cache",
  async run() {
    const tables: Table[] = [];
    const goals: Goal[] = [];
    for (const place of places) {
      for (const size of sizes) {
        const table = await measure(place, size);
        tables.push(table);
        goals.push(...goalsOf(`${place}, ${size} KB`, table));
      }
    }
    for (const size of sizes) {
      const table = await measureGenerateText(size);
      tables.push(table);
      goals.push(...textGoals(`generateText, memory, ${size} KB`, table));
    }
    return { tables, goals, remarks };
  },
};

const remarks = [
  "The floor is cache.key and cache.get of @acc/cache, without a client; its key is the reply's own CID.",
  "ai's caches verify nothing, count nothing and never expire; on disk ours checks a SHA-256 of what it reads.",
];

async function measure(place: (typeof places)[number], size: number): Promise<Table> {
  const prompts = Array.from({ length: questions }, (_, index) => text(size * 1024, index));
  const folder = mkdtempSync(join(tmpdir(), "acc-bench-hit-"));
  const server = await startLoopbackServer(groqAnswers([text(512), text(512)]));
  try {
    const memory = place === "memory";
    await using cache = openCache({ directory: folder, ...(!memory && { memoryBytes: 0 }) });
    using shelf = memory ? mapShelf() : sqliteShelf(join(folder, "ai.sqlite"));
    await using ours = oursWithCache(server.url, cache);
    const ai = aiWithCache(server.url, ours.model, shelf);
    await fill(prompts, [ours.chat, ai]);
    await server.close();
    await ours.checkHits(prompts);
    const subjects = [
      { name: "@acc/groq chat()", kind: "ours", batch: over(prompts, ours.chat) },
      { name: "ai generateText + middleware", kind: "peer", batch: over(prompts, ai) },
      { name: "key + get", kind: "floor", batch: ours.floor(prompts) },
    ] as const;
    const rows = await compare(subjects, { reference: "key + get" });
    const title = `a hit ${memory ? "in memory" : "on disk"}, prompt of ${size} KB`;
    return { title, unit: "µs", reference: "key + get", rows };
  } finally {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The same through `ai`: what its own caching middleware adds to it, and what ours does. */
async function measureGenerateText(size: number): Promise<Table> {
  const prompts = Array.from({ length: questions }, (_, index) => text(size * 1024, index));
  const pieces = [text(512), text(512)];
  const server = await startLoopbackServer(groqAnswers(pieces));
  try {
    await using cache = openCache({ store: memoryStore() });
    using shelf = mapShelf();
    await using ours = generatesFrom(server.url, cache);
    const ai = aiWithCache(server.url, "openai/gpt-oss-120b", shelf);
    await fill(prompts, [ours.ask, ai]);
    await server.close();
    const constant = generatesConstant(pieces.join(""));
    const subjects = [
      { name: "@acc/ai-sdk", kind: "ours", batch: over(prompts, ours.ask) },
      { name: "ai's middleware", kind: "peer", batch: over(prompts, ai) },
      { name: "a constant model", kind: "floor", batch: over(prompts, constant) },
    ] as const;
    const rows = await compare(subjects, { reference: "a constant model", rounds: 41 });
    const title = `generateText from memory, prompt of ${size} KB`;
    return { title, unit: "µs", reference: "a constant model", rows };
  } finally {
    await server.close();
  }
}

function textGoals(where: string, { rows }: Table): Goal[] {
  const floor = row(rows, "a constant model");
  const measured = (row(rows, "@acc/ai-sdk").ratio - 1) * floor.figure;
  return [
    { says: `${where}: over a constant model`, measured, atMost: 10, unit: "µs" },
    {
      says: `${where}: of what ai's middleware takes`,
      measured: ratioOf(rows, "@acc/ai-sdk", "ai's middleware"),
      atMost: 1,
      unit: "x",
    },
  ];
}

async function fill(prompts: readonly string[], asks: readonly Asks[]): Promise<void> {
  for (const prompt of prompts) for (const ask of asks) await ask(prompt);
}

function goalsOf(where: string, { rows }: Table): Goal[] {
  const [ours, peer, floor] = rows.map(({ subject }) => subject) as [string, string, string];
  return [
    {
      says: `${where}: over the floor`,
      measured: ratioOf(rows, ours, floor),
      atMost: 2,
      unit: "x",
    },
    {
      says: `${where}: faster than ai`,
      measured: ratioOf(rows, peer, ours),
      atLeast: 5,
      unit: "x",
    },
  ];
}
