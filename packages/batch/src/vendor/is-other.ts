import { type ChatRequest, DualModeError } from "@acc/dual-mode";
import { BatchError } from "../batch-error.ts";
import { inputChanged } from "../input/check-unchanged.ts";
import type { InputRow } from "../input/input-row.ts";
import { recordFailure } from "./record.ts";
import type { VendorParts } from "./vendor-parts.ts";

/** Whether a request differs from the one that was submitted, judged by its digest. */
export async function isOther(
  { batches, options, signal }: VendorParts,
  request: ChatRequest,
  digest: string,
): Promise<boolean> {
  const line = await batches.prepare(request, { ...options.call, cache: "off", signal });
  return "reply" in line || line.digest !== digest;
}

/** A line that was submitted. */
export interface Submitted {
  readonly row: InputRow;
  /** US dollars that the line may have cost. */
  readonly most: number;
  /** Returns the digest of the input, to check whether it has changed. */
  inputDigest(): Promise<string>;
}

/**
 * Handles a line whose request differs from the submitted one, so that the result is no answer to
 * it. If batches are being cancelled, the line fails.
 * @throws BatchError `INPUT_CHANGED`, or `OTHER_INPUT` if the input is the same
 */
export async function submittedOtherwise(
  parts: VendorParts,
  { row, most, inputDigest }: Submitted,
): Promise<void> {
  const { options, digest, batches, how } = parts;
  if ((await inputDigest()) !== digest) throw inputChanged(options.input);
  if (how.cancel) return recordFailure(parts, row, givenUp(), most);
  throw new BatchError(
    "OTHER_INPUT",
    `Lines of this output are in batches of ${batches.provider}, asked by a client with another model, other defaults or options.`,
    "Use the same client as before until they are answered; or with cancel to give them up, and ask them again later with retryFailed.",
  );
}

function givenUp(): DualModeError {
  const message = "Its batch was asked by a client with another model or options, and given up.";
  return new DualModeError("ABORTED", message, { fix: "Ask for it again." });
}
