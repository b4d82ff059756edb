import { eachOpen, throwFirst } from "./each-open.ts";
import { fold } from "./fold.ts";
import type { OpenBatch } from "./open-batch.ts";
import { patiently } from "./patiently.ts";
import { unlessGone } from "./unless-gone.ts";
import type { VendorParts } from "./vendor-parts.ts";

/**
 * Checks each open batch once, and writes the results of those that have ended. An error of one is
 * thrown after the others are done.
 * @returns Whether one has ended with results, so that the vendor has room for others
 */
export async function foldEnded(parts: VendorParts): Promise<boolean> {
  let madeRoom = false;
  const faults = await eachOpen(parts, async (batch) => {
    const came = await unlessGone(parts, batch, (id) => foldIfEnded(parts, batch, id));
    if (came) madeRoom = true;
  });
  throwFirst(faults);
  return madeRoom;
}

async function foldIfEnded(parts: VendorParts, batch: OpenBatch, id: string): Promise<boolean> {
  const { batches, how, signal, refusals } = parts;
  if (!(await patiently(signal, how.poll, () => batches.hasEnded(id, signal, how.cancel))))
    return false;
  const refused = await fold(parts, batch, id);
  if (refused === undefined) refusals.madeRoom();
  else if (!how.cancel) refusals.note(refused, batch.lines.size);
  return refused === undefined;
}
