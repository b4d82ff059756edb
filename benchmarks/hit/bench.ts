import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openCache } from "@acc/cache";
import { startLoopbackServer } from "../../scripts/loopback-server.ts";
import { compare, ratioOf } from "../harness/compare.ts";
import { groqAnswers } from "../harness/groq-answers.ts";
import type { Bench, Goal, Table } from "../harness/report.ts";
import { text } from "../harness/texts.ts";
import { aiWithCache, mapShelf, sqliteShelf } from "./ai-with-cache.ts";
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
