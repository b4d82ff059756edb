import { type Client, DualModeError, type VendorBatches } from "@acc/dual-mode";
import { BatchError } from "../batch-error.ts";
import type { BatchOptions, BatchStop, VendorBatchOptions } from "../contract.ts";
import type { Settled } from "../journal/settled.ts";
import type { RunParts } from "../work/batch-run.ts";
import { stoppedBy } from "../work/stops.ts";
import { Ledger, leftAtVendor, removeLedger } from "./ledger.ts";
import { RefusedBatches } from "./refused-batches.ts";
import { runVendor } from "./run-vendor.ts";

const usual: Required<VendorBatchOptions> = { poll: 60_000, lines: 20_000, cancel: false };

/**
 * Settles lines with the vendor's own batch API.
 * @param asked Identifies the requests
 */
export async function byVendor(parts: RunParts, asked: string): Promise<BatchStop | undefined> {
  const { client, vendorBatch, output } = parts.options;
  const how = { ...usual, ...(typeof vendorBatch === "object" && vendorBatch) };
  if (client.vendorBatches === undefined) return noOneProvider(client);
  const ledger = await Ledger.at(output, { vendor: client.provider, asked });
  try {
    const batches = await batchesOf(client, parts.signal, ledger.key);
    if ("code" in batches) return batches;
    return await runVendor({
      ...{ ...parts, batches, ledger, how },
      refusals: new RefusedBatches(how.lines),
    });
  } finally {
    await ledger.close();
  }
}

async function batchesOf(
  client: Client,
  signal: AbortSignal,
  key: string | undefined,
): Promise<VendorBatches | BatchStop> {
  try {
    const found = await client.vendorBatches?.({ signal, ...(key !== undefined && { key }) });
    return found ?? noOneProvider(client);
  } catch (error) {
    if (DualModeError.is(error)) return stoppedBy(error);
    throw error;
  }
}

function noOneProvider(client: Client): BatchStop {
  return {
    code: "UNSUPPORTED_FEATURE",
    message: `${client.provider} is more than one provider: a vendor's batch uses exactly one.`,
    fix: "Name the provider, without others in its place and without a queue.",
  };
}

/**
 * Checks an output whose lines are sent one by one, and removes its ledger if the results of all
 * its batches are written.
 * @throws {@link BatchError} `INVALID_OPTION` if lines that are at a vendor would be sent again
 */
export async function refuseBesideVendor(
  { output, vendorBatch }: BatchOptions,
  settled: Settled,
): Promise<void> {
  const left = vendorBatch ? undefined : await leftAtVendor(output);
  if (left === undefined) return;
  const batches = [...left.open.values()];
  if (batches.some(({ lines }) => [...lines.keys()].some((index) => settled.isPending(index)))) {
    const message = `Lines of ${output} are in batches of ${left.vendor}, and would be asked twice.`;
    const fix =
      "Go on with vendorBatch, or cancel them there first (vendorBatch: { cancel: true }).";
    throw new BatchError("INVALID_OPTION", message, fix);
  }
  await removeLedger(output);
}
