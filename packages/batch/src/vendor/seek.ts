import { DualModeError, type SoughtBatch } from "@acc/dual-mode";
import { batchUnidentified, isSameAccount, otherAccount } from "./account.ts";
import type { OpenBatch } from "./open-batch.ts";
import { patiently, pause } from "./patiently.ts";
import { isUnknown, untilKnown } from "./unless-gone.ts";
import type { VendorParts } from "./vendor-parts.ts";

/** Milliseconds in which a batch that was just submitted comes to be listed, however often one looks. */
const listed = 10_000;

/**
 * Learns whether the vendor has a batch of which only the intent is known. It is taken for never
 * submitted where two looks, some time apart, do not see it.
 * @returns `"given up"` where batches are to be cancelled, and nobody can tell whether the vendor has it
 * @throws BatchError `OTHER_ACCOUNT` where it would be seen by another key, or elsewhere, alone;
 * `BATCH_UNIDENTIFIED` where batches are to be cancelled, and it may be one that runs
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
 * Looks for it in the vendor's list.
 * @returns `"unread"` where batches are to be cancelled, and what it asked for was not to be had
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
