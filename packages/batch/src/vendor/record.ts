import type { DualModeError, Reply } from "@acc/dual-mode";
import type { InputRow } from "../input/input-row.ts";
import { LineFault } from "../input/line-fault.ts";
import { idOf } from "../input/request-of.ts";
import { answerOf, type Place } from "../output/answer.ts";
import { copyOfJson } from "../output/json-format.ts";
import { jsonText } from "../output/json-text.ts";
import type { RunParts } from "../work/batch-run.ts";
import { failedLine } from "../work/failure-of.ts";

/** Writes an answer. */
export async function recordReply(
  { format, recorder, tally, budget }: RunParts,
  { index, line, row }: InputRow,
  reply: Reply,
  most = 0,
): Promise<void> {
  const place = { id: idOf(row, line), line };
  const cells = row instanceof LineFault ? {} : row;
  const untold = budget === undefined ? null : most;
  const cost = reply.cached ? 0 : (reply.cost?.amount ?? untold);
  await recorder.answered(index, format.encode(answerOf(place, reply), cells), cost);
  tally.answered(reply);
}

/**
 * Writes a failure.
 * @param cost US dollars; vendors do not bill lines of a batch that were not answered
 */
export function recordFailure(
  parts: RunParts,
  { index, line, row }: InputRow,
  error: unknown,
  cost = 0,
): Promise<void> {
  return recordFailureAt(parts, index, { id: idOf(row, line), line }, error, cost);
}

/** Writes a failure of a line whose text is not available. */
export async function recordFailureAt(
  { recorder, tally }: RunParts,
  index: number,
  place: Place,
  error: unknown,
  cost = 0,
): Promise<void> {
  const told = failedLine(place, error as DualModeError | LineFault);
  await recorder.failed(index, jsonText(told), cost);
  tally.failed();
}

/** Copies the result of the first equal line. */
export async function recordEqual(
  { recorder, format, tally }: RunParts,
  first: number,
  { index, line, row }: InputRow,
): Promise<void> {
  const place: Place = { id: idOf(row, line), line };
  if (recorder.settled.isAnswered(first)) {
    const cells = row instanceof LineFault ? {} : row;
    const text = format.copy(await recorder.read(first), place, cells);
    await recorder.answered(index, text, 0);
  } else if (recorder.settled.isFailed(first)) {
    await recorder.failed(index, copyOfJson(await recorder.read(first), place), 0);
  } else return;
  tally.equal();
}
