import { type ChatRequest, type Code, DualModeError } from "@acc/dual-mode";
import { inputChanged } from "../input/check-unchanged.ts";
import type { InputRow } from "../input/input-row.ts";
import { LineFault } from "../input/line-fault.ts";
import { digestOf } from "../input/survey.ts";
import { unchangedRows } from "../input/unchanged-rows.ts";
import { patience } from "../work/batch-run.ts";
import { isOther, type Submitted, submittedOtherwise } from "./is-other.ts";
import type { OpenBatch } from "./open-batch.ts";
import { recordFailure, recordReply } from "./record.ts";
import type { VendorParts } from "./vendor-parts.ts";

/** Lines that are checked and written at once. */
const atOnce = 32;

/** The outcome of a line: a result, no result, so that it fails, or an error that ends the run. */
export type Outcome =
  | {
      /** The result as the vendor sent it. */
      readonly result?: unknown;
      /**
       * The share of the line's greatest cost that a failure counts with.
       * @default depends on the error code
       */
      readonly paid?: number;
    }
  | { readonly unread: DualModeError };

/** Reads the input, and settles each pending line that has an outcome. */
export function settleLines(
  parts: VendorParts,
  batch: OpenBatch,
  outcomeOf: (index: number) => Outcome | undefined,
): Promise<void> {
  const { options, stamp, recorder } = parts;
  const most = batch.most / batch.lines.size;
  let digest: Promise<string> | undefined;
  const inputDigest = () => {
    digest ??= digestOf(options.input);
    return digest;
  };
  return eachOf(unchangedRows(options.input, stamp), async (row) => {
    const outcome = recorder.settled.isPending(row.index) ? outcomeOf(row.index) : undefined;
    const digest = outcome && batch.lines.digestOf(row.index);
    if (outcome === undefined || digest === undefined) return;
    await settle(parts, { row, digest, outcome, most, inputDigest });
  });
}

/**
 * Processes several rows at once. After an error no further row begins, and those in progress end
 * first.
 */
async function eachOf(
  rows: AsyncGenerator<InputRow>,
  go: (row: InputRow) => Promise<void>,
): Promise<void> {
  const faults: unknown[] = [];
  const work = async () => {
    try {
      for (;;) {
        const next = await rows.next();
        if (next.done || faults.length > 0) return;
        await go(next.value);
      }
    } catch (error) {
      faults.push(error);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  await rows.return(undefined);
  if (faults.length > 0) throw faults[0];
}

interface Folded extends Submitted {
  readonly digest: string;
  readonly outcome: Outcome;
}

/** Errors of answers that were made, and billed. */
const paid: ReadonlySet<Code> = new Set<Code>([
  ...(["INVALID_OUTPUT", "CONTENT_FILTERED", "OUTPUT_TOO_LARGE"] as const),
]);

async function settle(parts: VendorParts, folded: Folded): Promise<void> {
  const { batches, options, signal } = parts;
  const { row, digest, outcome, most } = folded;
  const stopped = () => new DualModeError("ABORTED", "The batch was stopped.");
  if (signal.aborted) throw stopped();
  const request = requestAgain(parts, row);
  const call = { ...options.call, timeout: { total: patience }, signal };
  if ("unread" in outcome || !("result" in outcome)) {
    if (await isOther(parts, request, digest)) return submittedOtherwise(parts, folded);
    if ("unread" in outcome) throw outcome.unread;
    return recordFailure(parts, row, unanswered(batches.provider), most);
  }
  const { result } = outcome;
  const came = await batches.reply(request, { digest, result }, call);
  if ("isOther" in came) return submittedOtherwise(parts, folded);
  if ("reply" in came) return recordReply(parts, row, came.reply, most);
  if (signal.aborted) throw stopped();
  const share = outcome.paid || (paid.has(came.failure.code) ? 1 : 0);
  await recordFailure(parts, row, came.failure, share * most);
}

/** @throws BatchError `INPUT_CHANGED` if the row can no longer be made a request */
function requestAgain({ options, requestOf }: VendorParts, { row }: InputRow): ChatRequest {
  try {
    return requestOf(row);
  } catch (error) {
    if (error instanceof LineFault) throw inputChanged(options.input);
    throw error;
  }
}

function unanswered(vendor: string): DualModeError {
  const message = `${vendor}'s batch has ended without a result of this line that can be read.`;
  return new DualModeError("INVALID_OUTPUT", message, { fix: "Ask for it again." });
}
