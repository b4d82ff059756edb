import { randomBytes } from "node:crypto";
import { type BatchLine, DualModeError } from "@acc/dual-mode";
import type { Place } from "../output/answer.ts";
import { foldEnded } from "./fold-ended.ts";
import type { OpenBatch } from "./open-batch.ts";
import { mayPass, pause, waitAfter } from "./patiently.ts";
import { recordFailureAt } from "./record.ts";
import { seek } from "./seek.ts";
import type { VendorParts } from "./vendor-parts.ts";

/** A line that is about to be submitted. */
export interface ChunkLine {
  readonly index: number;
  readonly place: Place;
  readonly digest: string;
  readonly body: object;
}

/** Lines that are submitted as one batch. */
export interface Chunk {
  readonly lines: ChunkLine[];
  /** Bytes of their bodies as JSON. */
  bytes: number;
  /** US dollars that they may cost. */
  most: number;
}

/** Most attempts to submit a batch, if there is no other batch to wait for. */
const tries = 8;

/**
 * Submits a batch exactly once. If a submission was not answered, the vendor's list tells whether
 * it arrived; a batch that was refused for lack of room is submitted again when there is room.
 */
export async function submit(parts: VendorParts, chunk: Chunk): Promise<void> {
  const { batches, ledger, how, signal } = parts;
  let { batch, lines } = await intend(parts, chunk);
  for (let count = 1; ; count += 1) {
    try {
      return await ledger.submitted(batch, await batches.submit(lines, batch.mark, signal));
    } catch (error) {
      if (!DualModeError.is(error) || signal.aborted) throw error;
      const refused = isRefused(error);
      if (!refused && (await seek(parts, batch)) === "there") return;
      if (refused && mayPass(error) && (await foldEnded(parts))) count = 0;
      const waits = refused && [...ledger.open.values()].some(({ id }) => id !== undefined);
      const isLast = !mayPass(error) || (count >= tries && !waits);
      // A refused batch is submitted again unchanged, so that its upload can be reused.
      const isTooLarge = error.status === 413;
      if (isLast || !refused || isTooLarge) await batches.discard(lines, signal).catch(() => {});
      if (isTooLarge) {
        await ledger.over(batch);
        return submitHalves(parts, chunk, error);
      }
      if (isLast) {
        if (refused) await ledger.over(batch);
        throw error;
      }
      await pause(waitAfter(error, how.poll, count), signal);
      if (!refused) ({ batch, lines } = await intend(parts, chunk));
    }
  }
}

/**
 * Submits a batch in halves that is too large for the server: a proxy may accept less than the
 * vendor. A single line fails.
 */
async function submitHalves(
  parts: VendorParts,
  { lines, bytes, most }: Chunk,
  refused: DualModeError,
): Promise<void> {
  const [line] = lines;
  if (lines.length === 1 && line !== undefined) {
    return recordFailureAt(parts, line.index, line.place, refused);
  }
  const middle = Math.ceil(lines.length / 2);
  parts.refusals.lines = middle;
  for (const some of [lines.slice(0, middle), lines.slice(middle)]) {
    const share = some.length / lines.length;
    await submit(parts, { lines: some, bytes: bytes * share, most: most * share });
  }
}

interface Intended {
  readonly batch: OpenBatch;
  /** The uploaded file is remembered by this array. */
  readonly lines: readonly BatchLine[];
}

async function intend(
  { ledger, batches: { account } }: VendorParts,
  { lines, most }: Chunk,
): Promise<Intended> {
  const told = lines.map(({ index, digest }) => [index, digest] as const);
  const mark = `acc${randomBytes(10).toString("hex")}`;
  const batch = await ledger.intend(mark, { most, account, lines: told });
  return { batch, lines: lines.map(({ index, body }) => ({ id: batch.idOf(index), body })) };
}

/** Statuses with which a server may still have accepted the request. */
const perhaps: ReadonlySet<number> = new Set([408, 409]);

/** Whether the vendor refused the batch, or was never reached. */
function isRefused({ code, status }: DualModeError): boolean {
  if (status !== undefined) return status < 500 && !perhaps.has(status);
  return code === "MISSING_CREDENTIALS" || code === "SDK_NOT_INSTALLED" || code === "CLOSED";
}
