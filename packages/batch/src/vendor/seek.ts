import { DualModeError, type SoughtBatch } from "@acc/dual-mode";
import { batchUnidentified, isSameAccount, otherAccount } from "./account.ts";
import type { OpenBatch } from "./open-batch.ts";
import { patiently, pause } from "./patiently.ts";
import { isUnknown, untilKnown } from "./unless-gone.ts";
import type { VendorParts } from "./vendor-parts.ts";

/** Milliseconds within which the vendor lists a batch that was just submitted. */
const listed = 10_000;

/**
 * Finds out whether the vendor has a batch of which only the intent is known. If two lookups, some
 * time apart, do not find it, it counts as never submitted.
 * @returns `"given up"` if batches are being cancelled, and it cannot be known whether the vendor has it
 * @throws BatchError `OTHER_ACCOUNT` if only another key, or another address, could find it;
 * `BATCH_UNIDENTIFIED` if batches are being cancelled, and it may be one that runs
 */
export async function seek(
  parts: VendorParts,
  batch: OpenBatch,
): Promise<"there" | "not there" | "given up"> {
  const { batches, ledger, how, signal } = parts;
  if (!isSameAccount(batch.account, batches.account)) {
    if (!how.cancel) throw otherAccount(batch, batches);
    await ledger.over(batch);
    return "given up";
  }
  let isGivenUp = false;
  for (let looks = 0; looks < 2; ) {
    const found = await look(parts, batch, isGivenUp);
    if (typeof found === "object") {
      await ledger.submitted(batch, found.id);
      return "there";
    }
    if (found === "later" && how.cancel) throw batchUnidentified(batch, batches.provider);
    if (found === "unread") isGivenUp = true;
    if (found === undefined) looks += 1;
    if (found !== "unread" && looks < 2) {
      await pause(found === "later" ? how.poll : listed, signal);
    }
  }
  await ledger.over(batch);
  return isGivenUp ? "given up" : "not there";
}

/**
 * Looks for the batch in the vendor's list.
 * @returns `"unread"` if batches are being cancelled, and what the lookup needs could not be read
 */
async function look(parts: VendorParts, batch: OpenBatch, isGivenUp: boolean) {
  const { batches, ledger, how, signal } = parts;
  const others = [...ledger.open.values()].flatMap(({ id }) => id ?? []);
  const { mark, at: after } = batch;
  const sought: SoughtBatch = { mark, lines: batch.lines.size, after, others, isGivenUp };
  const find = () => patiently(signal, how.poll, () => batches.find(sought, signal));
  try {
    return await untilKnown(parts, find);
  } catch (error) {
    if (!how.cancel || isGivenUp || !isUnread(error)) throw error;
    return "unread";
  }
}

function isUnread(error: unknown): boolean {
  return isUnknown(error) || (DualModeError.is(error) && error.code === "INVALID_OUTPUT");
}
