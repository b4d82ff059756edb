import { hash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { memoryStore, openCache, type ResponseCache, sqliteStore } from "@acc/cache";
import { response } from "../data/responses.ts";
import { asciiText } from "../data/text.ts";
import { compare, type Subject } from "../harness/compare.ts";
import { repeated } from "../harness/repeated.ts";
import type { Table } from "../harness/report.ts";

const FLOOR = "sha256 of the prompt alone";
export const promptSizes: readonly number[] = [1000, 10_000, 100_000, 1_000_000];

/** From a request to its stored answer of 2 KB, by the length of the prompt. */
export async function byPrompt(): Promise<Table[]> {
  const directory = mkdtempSync(join(tmpdir(), "acc-bench-"));
  const memory = openCache({ store: memoryStore() });
  const disk = openCache({ store: sqliteStore({ directory }), memoryBytes: 0 });
  try {
    const tables: Table[] = [];
    for (const size of promptSizes) tables.push(await measured(size, memory, disk));
    return tables;
  } finally {
    await memory.close();
    await disk.close();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function measured(size: number, memory: ResponseCache, disk: ResponseCache): Promise<Table> {
  const content = asciiText(size);
  const request = { model: "model-1-large", messages: [{ role: "user", content }] };
  const hit = (name: string, cache: ResponseCache): Subject => ({
    name: `key and get, ${name}`,
    kind: "ours",
    batch: repeated(async () => {
      if (!(await cache.get(cache.key(request)))) throw new Error("the entry was lost");
    }),
  });
  for (const cache of [memory, disk]) await cache.set(cache.key(request), response(1, 2000));
  const bytes = Buffer.from(content);
  const floor: Subject = {
    name: FLOOR,
    kind: "floor",
    batch(count) {
      for (let done = 0; done < count; done++) hash("sha256", bytes, "buffer");
    },
  };
  const rows = await compare([hit("memory", memory), hit("sqlite", disk), floor], {
    reference: FLOOR,
  });
  return { title: `prompt of ${size / 1000} KB`, unit: "µs", reference: FLOOR, rows };
}
