import { setMaxListeners } from "node:events";
import { rm } from "node:fs/promises";
import { basename } from "node:path";
import { checkOptions, pathsOf } from "./check-options.ts";
import type { BatchOptions, BatchResult, BatchStop } from "./contract.ts";
import { type BoundOf, boundsOf, Lacking } from "./cost/bounds.ts";
import { Purse } from "./cost/purse.ts";
import { checkColumns } from "./input/check-columns.ts";
import { checkFiles } from "./input/check-files.ts";
import { checkUnchanged } from "./input/check-unchanged.ts";
import { isCsv, readRows } from "./input/read-rows.ts";
import { type RequestOf, requestMaker } from "./input/request-of.ts";
import { SharedRows } from "./input/shared-rows.ts";
import { type Survey, survey } from "./input/survey.ts";
import type { JournalHead } from "./journal/entry.ts";
import { takeLock } from "./journal/lock.ts";
import { type BatchFiles, openFiles } from "./journal/open-files.ts";
import { Recorder } from "./journal/recorder.ts";
import type { BatchPaths } from "./journal/wanted.ts";
import { outputFormat } from "./output/choose-format.ts";
import type { OutputFormat } from "./output/output-format.ts";
import { byVendor, refuseBesideVendor } from "./vendor/by-vendor.ts";
import { hasLedger } from "./vendor/ledger.ts";
import { BatchRun, type RunParts } from "./work/batch-run.ts";
import { Tally } from "./work/tally.ts";

const usualConcurrency = 64;
const usualTries = 3;

/**
 * Sends the request of each line of a file, and writes each answer once. A run that was killed at
 * any point continues when it is started again: an answer that is on the disk is not requested
 * again.
 * @throws BatchError if the batch cannot begin or continue; lines that fail are in the file for failures
 */
export async function runBatch(options: BatchOptions): Promise<BatchResult> {
  checkOptions(options);
  const paths = pathsOf(options);
  await checkFiles(paths);
  const release = await takeLock(`${paths.output}.lock`, paths.output);
  try {
    return await locked(options, paths);
  } finally {
    await release();
  }
}

async function locked(options: BatchOptions, paths: BatchPaths): Promise<BatchResult> {
  const requestOf = requestMaker(options);
  const boundOf = await bounds(options);
  const lacking = new Lacking();
  let isModelOpen = false;
  const ofColumns = (columns: readonly string[]) => {
    if (isCsv(paths.input) && !options.toRequest) checkColumns(paths.input, columns);
  };
  const known = await survey(paths.input, ofColumns, requestOf, (request, line) => {
    isModelOpen ||= request.model === undefined;
    const bound = boundOf?.(request);
    if (typeof bound === "string") lacking.add(bound, line);
  });
  lacking.refuse();
  const format = outputFormat(paths.output, known.columns);
  const model = isModelOpen && !isGivenUp(options) ? modelOf(options) : undefined;
  const head = { ...headOf(known, paths), ...(model !== undefined && { model }) };
  const mayDiffer = options.retryFailed ?? false;
  const files = await openFiles(paths, { head, header: format.header, mayDiffer });
  try {
    await refuseBesideVendor(options, files.settled);
    return await asked(options, { paths, known, files, format, requestOf, boundOf });
  } finally {
    await close(files, paths);
  }
}

interface Prepared {
  readonly paths: BatchPaths;
  readonly known: Survey;
  readonly files: BatchFiles;
  readonly format: OutputFormat;
  readonly requestOf: RequestOf;
  readonly boundOf: BoundOf | undefined;
}

async function asked(options: BatchOptions, prepared: Prepared): Promise<BatchResult> {
  const { paths, known, files, format, requestOf, boundOf } = prepared;
  const { maxCost, tries = usualTries, concurrency = usualConcurrency, onProgress } = options;
  const tally = new Tally();
  const told = () => tally.progress(files.settled);
  const recorder = new Recorder(files, () => onProgress?.(told()));
  // Results at a vendor are written before failures are reset, because they may be of those lines.
  if (options.retryFailed && !options.vendorBatch) await recorder.retry();
  const purse = new Purse(maxCost ?? 0, () => files.settled.spent);
  const ending = new AbortController();
  setMaxListeners(0, ending.signal);
  const stop = () => ending.abort(options.signal?.reason);
  options.signal?.addEventListener("abort", stop, { once: true });
  if (options.signal?.aborted) stop();
  const parts = {
    ...{ options, concurrency, requestOf, firsts: known.firsts, format, recorder, tally },
    ...{ stamp: known.stamp, digest: known.digest },
    budget: boundOf && { purse, boundOf, tries, maxCost: maxCost ?? 0 },
    signal: ending.signal,
  };
  onProgress?.(told());
  let stopped: BatchStop | undefined;
  try {
    if (await isOpen(options, files)) stopped = await settle(parts, known.asked, ending);
  } finally {
    await recorder.durable();
    options.signal?.removeEventListener("abort", stop);
  }
  await checkUnchanged(paths.input, known.stamp);
  const { output, failures } = paths;
  const { pending } = files.settled;
  return { ...told(), output, failures, pending, ...(stopped && { stopped }) };
}

/** Whether there is work left: lines are pending, or a vendor may have some. */
async function isOpen(
  { vendorBatch, retryFailed, output }: BatchOptions,
  { settled }: BatchFiles,
): Promise<boolean> {
  if (settled.pending > 0) return true;
  if (!vendorBatch) return false;
  return (retryFailed === true && settled.failed > 0) || (await hasLedger(output));
}

/**
 * Settles the pending lines, and returns why it was stopped. If one of the workers throws, the
 * others are aborted and its error is thrown.
 */
async function settle(
  parts: RunParts,
  asked: string,
  ending: AbortController,
): Promise<BatchStop | undefined> {
  const { options, concurrency } = parts;
  if (options.vendorBatch) return byVendor(parts, asked);
  const run = new BatchRun(parts);
  const { rows } = await readRows(options.input);
  const shared = new SharedRows(rows);
  const faults: unknown[] = [];
  const work = () =>
    run.work(shared).catch((error) => {
      faults.push(error);
      ending.abort();
    });
  await Promise.all(Array.from({ length: concurrency }, work));
  await rows.return(undefined);
  if (faults.length > 0) throw faults[0];
  return run.stop;
}

function bounds(options: BatchOptions): Promise<BoundOf> | undefined {
  const { client, maxCost, prices, tries = usualTries, call } = options;
  if (maxCost === undefined || prices === undefined) return undefined;
  return boundsOf(client, prices, tries, call?.promptCache);
}

/** The provider and model for lines that name no model. */
function modelOf({ client }: BatchOptions): string | undefined {
  return client.model === undefined ? undefined : `${client.provider} (${client.model})`;
}

/** A run that only cancels makes no calls. */
function isGivenUp({ vendorBatch }: BatchOptions): boolean {
  return typeof vendorBatch === "object" && vendorBatch.cancel === true;
}

function headOf({ digest, asked, lines }: Survey, { failures }: BatchPaths): JournalHead {
  return { batch: 1, input: digest, asked, lines, failures: basename(failures) };
}

/** The file for failures is removed if there are none. */
async function close(files: BatchFiles, { failures }: BatchPaths): Promise<void> {
  const { journal, output, failures: failed, settled } = files;
  await Promise.all([journal, output, failed].map((file) => file.close()));
  if (settled.failuresEnd === 0) await rm(failures, { force: true });
}
