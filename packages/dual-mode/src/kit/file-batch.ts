import type { ModeBatch } from "../contract/mode-batch.ts";
import type { Members } from "../foreign/guards.ts";
import type { FileBatchCalls } from "./file-batch-calls.ts";
import type { FileBatchClient, FileBatchVendor } from "./file-batch-vendor.ts";

/**
 * Returns batches of a vendor that takes a file of requests, one per line under a `custom_id`, and
 * returns files of answers and of errors. The mark is in the batch's metadata.
 */
export function fileBatch<Options, Client extends FileBatchClient>(
  vendor: FileBatchVendor<Options, Client>,
): ModeBatch<Options> {
  const { most, priceShare } = vendor;
  let made: FileBatchCalls<Options, Client> | undefined;
  // The code that sends requests is loaded at the first call.
  const calls = async () => {
    const { FileBatchCalls } = await import("../first-call.ts");
    made ??= new FileBatchCalls(vendor);
    return made;
  };
  return {
    most,
    priceShare,
    group: (request, context) => `${vendor.endpoint(request, context)} ${request.model}`,
    body(request, context) {
      const { stream: _, stream_options: __, ...body } = vendor.body(request, context) as Members;
      return { method: "POST", url: vendor.endpoint(request, context), body };
    },
    submit: async (lines, mark, context) => (await calls()).submit(lines, mark, context),
    discard: async (lines, context) => (await calls()).discard(lines, context),
    find: async (sought, context) => (await calls()).find(sought, context),
    hasEnded: async (id, context) => (await calls()).hasEnded(id, context),
    async *results(id, context) {
      yield* (await calls()).results(id, context);
    },
    cancel: async (id, context) => (await calls()).cancel(id, context),
    async *read(result, request, context) {
      yield* (await calls()).read(result, request, context);
    },
  };
}
