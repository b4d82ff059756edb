import type { ModeBatch } from "../../src/contract/mode-batch.ts";
import type { Part } from "../../src/contract/part.ts";
import { DualModeError } from "../../src/error.ts";
import { getJson } from "../../src/http/get-json.ts";
import type { Broken } from "./broken.ts";
import { batch } from "./minimal-batch.ts";
import { minimalProvider, modes } from "./minimal-provider.ts";

const broken = (rule: string, fault: string, members: Partial<ModeBatch<object>>): Broken => ({
  ...{ fault, rule: `sdk: there are no batches, or ${rule}` },
  create: minimalProvider({ sdk: { ...modes.sdk, batch: { ...batch, ...members } } }),
});

const oneBatch = "one submission makes one batch, of every line under its own id";

let last = "";

export const brokenBatches: readonly Broken[] = [
  broken(oneBatch, "has one id for all lines", {
    submit: (lines, mark, context) =>
      batch.submit(
        lines.map((line) => ({ ...line, id: mark })),
        mark,
        context,
      ),
  }),
  broken(oneBatch, "takes no line at all", {
    body() {
      throw new DualModeError("UNSUPPORTED_FEATURE", "It takes none.");
    },
  }),
  broken(oneBatch, "submits it again to be sure", {
    async submit(lines, mark, context) {
      await batch.submit(lines, mark, context);
      return batch.submit(lines, mark, context);
    },
  }),
  broken(
    "a batch is found in the vendor's list by its mark, and no other one for it",
    "takes the last one for its own",
    {
      async submit(lines, mark, context) {
        last = await batch.submit(lines, mark, context);
        return last;
      },
      find: async () => ({ id: last }),
    },
  ),
  broken(
    "a batch is found in the vendor's list by its mark, and no other one for it",
    "looks for nothing",
    { find: async () => undefined },
  ),
  broken(
    "a list that cannot be read is no list without the batch",
    "takes it for one that is empty",
    { find: (sought, context) => batch.find(sought, context).catch(() => undefined) },
  ),
  broken(
    "a batch has ended when the vendor says so, and not in a state that is not known",
    "takes every other state for an end",
    {
      async hasEnded(id, { baseUrl, signal }) {
        const shown = await getJson(`${baseUrl}/batches/${id}`, { signal });
        return (shown as { status: string }).status !== "in_progress";
      },
    },
  ),
  broken("results are known by their ids, in whatever order they come", "goes by their order", {
    async *results(id, context) {
      let index = 0;
      for await (const result of batch.results(id, context)) {
        yield { ...result, ...(result.id && { id: result.id.replace(/\d+$/, String(index)) }) };
        index += 1;
      }
    },
  }),
  broken(
    "a refused line has the code of a plain call, and one that expired is TIMEOUT",
    "has one code for all",
    { read: recoded("SERVER_ERROR") },
  ),
  broken(
    "a cancelled batch ends, and its lines that were not answered are ABORTED",
    "does not tell the vendor",
    { cancel: async () => {} },
  ),
  broken(
    "a cancelled batch ends, and its lines that were not answered are ABORTED",
    "takes them for expired",
    { read: recoded("TIMEOUT") },
  ),
  broken(
    "a refused key is AUTHENTICATION_FAILED there too, and is not shown",
    "takes it for a fault of the server",
    {
      async submit(lines, mark, context) {
        return batch.submit(lines, mark, context).catch(() => {
          throw new DualModeError("SERVER_ERROR", "It was refused.");
        });
      },
    },
  ),
];

function recoded(code: "SERVER_ERROR" | "TIMEOUT"): ModeBatch<object>["read"] {
  return async function* (...asked): AsyncGenerator<Part> {
    try {
      yield* batch.read(...asked);
    } catch {
      throw new DualModeError(code, "It was not answered.");
    }
  };
}
