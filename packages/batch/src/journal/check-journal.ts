import { basename } from "node:path";
import { BatchError } from "../batch-error.ts";
import type { JournalHead } from "./entry.ts";
import type { BatchPaths, Wanted } from "./wanted.ts";

const otherwise = "with retryFailed, failed and remaining lines may be asked with other settings.";

/** @throws {@link BatchError} if the journal does not match the batch to run */
export function checkJournal(
  { input, output, failures, journal }: BatchPaths,
  { head, mayDiffer }: Wanted,
  found: JournalHead,
): void {
  if (found.input !== head.input || found.lines !== head.lines) {
    throw new BatchError(
      "OTHER_INPUT",
      `${output} has answers to another input than ${input}, or the input has changed.`,
      `Name another output; or, to lose those answers, remove ${output} and ${journal}.`,
    );
  }
  if (found.asked !== head.asked && !mayDiffer) {
    throw new BatchError(
      "OTHER_INPUT",
      `${output} has answers to the same lines, asked with another template, model or other flags.`,
      `Use the same settings as before, or name another output; ${otherwise}`,
    );
  }
  const isOtherModel = found.model !== undefined && head.model !== undefined;
  if (isOtherModel && found.model !== head.model && !mayDiffer) {
    throw new BatchError(
      "OTHER_INPUT",
      `${output} has answers of ${found.model}; now ${head.model} would be asked.`,
      `Use the same client as before, or name another output; ${otherwise}`,
    );
  }
  if (found.failures !== head.failures) {
    throw new BatchError(
      "INVALID_OPTION",
      `The failures of this batch are in ${found.failures}, not in ${basename(failures)}.`,
      "Name the same file as before.",
    );
  }
}
