import { DualModeError } from "@acc/dual-mode";
import type { BatchStop } from "../contract.ts";
import type { InputRow } from "../input/input-row.ts";
import { LineFault } from "../input/line-fault.ts";
import { idOf } from "../input/request-of.ts";
import { unchangedRows } from "../input/unchanged-rows.ts";
import { endsBatch } from "../work/ends-batch.ts";
import { overMaxCost } from "../work/stops.ts";
import { recordFailure, recordReply } from "./record.ts";
import { type Chunk, type ChunkLine, submit } from "./submit.ts";
import type { VendorParts } from "./vendor-parts.ts";

/** Most bytes of requests that are held at once, even if the vendor takes more. */
const mostHeld = 32 * 1024 * 1024;

/** Reads the input, and submits the lines that have no answer and are in no batch. */
export async function gather(parts: VendorParts): Promise<BatchStop | undefined> {
  const { options, recorder, firsts, stamp, signal } = parts;
  const chunks = new Map<string, Chunk>();
  const open = [...parts.ledger.open.values()];
  let stop: BatchStop | undefined;
  for await (const row of unchangedRows(options.input, stamp)) {
    const { index } = row;
    if (signal.aborted) throw new DualModeError("ABORTED", "The batch was stopped.");
    if (!recorder.settled.isPending(index) || firsts[index] !== index) continue;
    if (open.some(({ lines }) => lines.has(index))) continue;
    stop = await take(parts, row, chunks);
    if (stop !== undefined) break;
  }
  for (const chunk of chunks.values()) await submit(parts, chunk);
  return stop;
}

async function take(
  parts: VendorParts,
  row: InputRow,
  chunks: Map<string, Chunk>,
): Promise<BatchStop | undefined> {
  const { batches, options, requestOf, budget, recorder, signal } = parts;
  let taken: Taken;
  try {
    const request = requestOf(row.row);
    const bound = budget?.boundOf(request) ?? 0;
    if (typeof bound === "string") throw new LineFault(`It has ${bound}.`);
    const most = (bound / (budget?.tries ?? 1)) * batches.priceShare;
    const line = await batches.prepare(request, { ...options.call, signal });
    if ("reply" in line) return void (await recordReply(parts, row, line.reply));
    if (budget !== undefined && committed(parts, chunks) + most > budget.maxCost) {
      return overMaxCost(budget.maxCost, recorder.settled.spent);
    }
    const place = { id: idOf(row.row, row.line), line: row.line };
    taken = { ...line, index: row.index, place, most };
  } catch (error) {
    const isLines = error instanceof LineFault || (DualModeError.is(error) && !endsBatch(error));
    if (!isLines || signal.aborted) throw error;
    return void (await recordFailure(parts, row, error));
  }
  // An error here is not the line's fault.
  await add(parts, chunks, taken);
  return undefined;
}

interface Taken extends ChunkLine {
  readonly group: string;
  readonly most: number;
}

async function add(
  parts: VendorParts,
  chunks: Map<string, Chunk>,
  { most, group, ...line }: Taken,
): Promise<void> {
  const { batches, refusals } = parts;
  const bytes = Buffer.byteLength(JSON.stringify(line.body)) + around;
  const room = Math.min(batches.most.bytes, mostHeld);
  const full = chunks.get(group);
  if (full !== undefined && full.bytes + bytes > room) await flush(parts, chunks, group);
  const chunk = chunks.get(group) ?? { lines: [], bytes: 0, most: 0 };
  chunks.set(group, chunk);
  chunk.lines.push(line);
  chunk.bytes += bytes;
  chunk.most += most;
  const isFull = chunk.lines.length >= Math.min(batches.most.lines, refusals.lines);
  if (isFull) await flush(parts, chunks, group);
  if (held(chunks) > mostHeld) await flush(parts, chunks, largestOf(chunks));
}

/** Bytes around a body: its id and the names of members. */
const around = 160;

async function flush(parts: VendorParts, chunks: Map<string, Chunk>, group: string): Promise<void> {
  const chunk = chunks.get(group);
  chunks.delete(group);
  if (chunk !== undefined) await submit(parts, chunk);
}

function largestOf(chunks: ReadonlyMap<string, Chunk>): string {
  const [largest] = [...chunks].sort(([, one], [, other]) => other.bytes - one.bytes);
  return largest?.[0] ?? "";
}

function held(chunks: ReadonlyMap<string, Chunk>): number {
  return [...chunks.values()].reduce((sum, { bytes }) => sum + bytes, 0);
}

/**
 * US dollars that are spent, or may be by the batches at the vendor and those about to be
 * submitted.
 */
function committed({ ledger, recorder }: VendorParts, chunks: ReadonlyMap<string, Chunk>): number {
  const all = [...ledger.open.values(), ...chunks.values()];
  return all.reduce((sum, { most }) => sum + most, recorder.settled.spent);
}
