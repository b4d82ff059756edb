import { DualModeError } from "@acc/dual-mode";
import type { BatchStop } from "../contract.ts";
import { unchangedRows } from "../input/unchanged-rows.ts";
import { stoppedBy } from "../work/stops.ts";
import { eachOpen, type Faults, throwFirst } from "./each-open.ts";
import { foldEnded } from "./fold-ended.ts";
import { gather } from "./gather.ts";
import type { OpenBatch } from "./open-batch.ts";
import { patiently, pause } from "./patiently.ts";
import { recordEqual } from "./record.ts";
import { seek } from "./seek.ts";
import { unlessGone } from "./unless-gone.ts";
import type { VendorParts } from "./vendor-parts.ts";

/**
 * Settles the lines of an input with the vendor's batch API, and returns why it ended early, if it
 * did.
 */
export async function runVendor(parts: VendorParts): Promise<BatchStop | undefined> {
  const { how, batches, signal } = parts;
  try {
    await dropSettled(parts);
    const stop = how.cancel ? await cancelAll(parts) : await submitAll(parts);
    await copyEqual(parts);
    return stop;
  } catch (error) {
    if (!DualModeError.is(error)) throw error;
    return signal.aborted ? left(parts, batches.provider) : stoppedBy(error);
  }
}

/** Removes batches whose lines are all settled: an earlier run was killed before it could. */
async function dropSettled({ ledger, recorder }: VendorParts): Promise<void> {
  for (const batch of [...ledger.open.values()]) {
    const isPending = [...batch.lines.keys()].some((index) => recorder.settled.isPending(index));
    if (!isPending) await ledger.over(batch);
  }
}

/**
 * Submits the pending lines, and again those that the vendor had no room for, until none are left.
 */
async function submitAll(parts: VendorParts): Promise<BatchStop | undefined> {
  const { refusals, options, recorder, ledger } = parts;
  const unsought = await eachOpen(parts, async (batch) => {
    if (batch.id === undefined) await seek(parts, batch);
  });
  if (unsought.size > 0) await foldOthers(parts, unsought);
  if (options.retryFailed) {
    while (ledger.open.size > 0) await untilFolded(parts);
    await recorder.retry();
  }
  for (;;) {
    refusals.again();
    const stop = await gatherAll(parts);
    await untilFolded(parts);
    if (!refusals.isAny) return stop;
  }
}

/** Writes the results that are there even if the vendor accepts no more batches. */
async function gatherAll(parts: VendorParts): Promise<BatchStop | undefined> {
  try {
    return await gather(parts);
  } catch (error) {
    if (!parts.signal.aborted) await foldEnded(parts).catch(() => {});
    throw error;
  }
}

/** Submits nothing while it is unknown whether the vendor has an earlier batch. */
async function foldOthers(parts: VendorParts, unsought: Faults): Promise<void> {
  try {
    await foldEnded(parts);
  } finally {
    throwFirst(unsought);
  }
}

/** Cancels the known batches first: finding the others takes a while, and may fail. */
async function cancelAll(parts: VendorParts): Promise<BatchStop> {
  const known = await eachOpen(parts, (batch) => cancel(parts, batch));
  let givenUp = 0;
  const sought = await eachOpen(parts, async (batch) => {
    if (batch.id !== undefined) return;
    const came = await seek(parts, batch);
    if (came === "there") await cancel(parts, batch);
    if (came === "given up") givenUp += 1;
  });
  await untilFolded(parts, new Map([...known, ...sought]));
  const { provider } = parts.batches;
  const lost = givenUp > 0 ? ` Batches that may exist there and are given up: ${givenUp}.` : "";
  return {
    code: "CANCELLED",
    message: `The batches at ${provider} are cancelled; what was answered is kept.${lost}`,
    fix: "Start it again without cancel to ask for the rest.",
  };
}

async function cancel(parts: VendorParts, batch: OpenBatch): Promise<void> {
  const { batches, how, signal } = parts;
  await unlessGone(parts, batch, async (id) => {
    const look = () => batches.hasEnded(id, signal, true);
    const hasEnded = await patiently(signal, how.poll, look);
    if (!hasEnded) await patiently(signal, how.poll, () => batches.cancel(id, signal));
  });
}

/**
 * Waits until every batch has ended, or until there is room for one that was refused. The first
 * polls are soon, because a small batch may be answered at once.
 * @param stuck Batches that are not waited for; if one has not ended by then, its error is thrown
 */
async function untilFolded(parts: VendorParts, stuck: Faults = new Map()): Promise<void> {
  const { ledger, how, signal, refusals } = parts;
  const open = () => [...ledger.open.values()];
  let wait = Math.min(how.poll, 2_000);
  while (ledger.open.size > 0) {
    const madeRoom = await foldEnded(parts);
    if (refusals.isAny && madeRoom) return;
    if (open().every((batch) => stuck.has(batch))) break;
    await pause(wait, signal);
    wait = Math.min(how.poll, wait * 2);
  }
  throwFirst(new Map([...stuck].filter(([batch]) => open().includes(batch))));
  if (refusals.isAny) await pause(how.poll, signal);
}

async function copyEqual(parts: VendorParts): Promise<void> {
  const { options, recorder, firsts, stamp } = parts;
  for await (const row of unchangedRows(options.input, stamp)) {
    const first = firsts[row.index] ?? row.index;
    if (first === row.index || !recorder.settled.isPending(row.index)) continue;
    await recordEqual(parts, first, row);
  }
}

/** The stop of a run whose batches continue at the vendor. */
function left({ ledger }: VendorParts, vendor: string): BatchStop {
  const ids = [...ledger.open.values()].flatMap(({ id }) => id ?? []);
  const named = ids.slice(0, 5).join(", ") + (ids.length > 5 ? " …" : "");
  if (ledger.open.size === 0) {
    return { code: "ABORTED", message: "The batch was stopped.", fix: "Start it again." };
  }
  return {
    code: "ABORTED",
    message: `The batch was stopped; ${vendor} goes on with what it has${named && ` (${named})`}.`,
    fix: "Start it again to get the answers, or with cancel to end it there.",
  };
}
