import {
  askOnce,
  type BatchLine,
  type CanonicalRequest,
  type ModeBatch,
  type RunContext,
  readResultLines,
} from "@acc/dual-mode/provider";
import type Anthropic from "@anthropic-ai/sdk";
import type { ClaudeOptions } from "../../options.ts";
import { toBody } from "../body.ts";
import { openClient } from "../client.ts";
import { toError } from "../error.ts";
import { withPromptCache } from "../prompt-cache.ts";
import { findBatch } from "./find-batch.ts";
import { idMember, readResult, resultsPath } from "./result.ts";

/** Largest size of a batch's results, in bytes. */
const mostBytes = 2 * 1024 ** 3;

/**
 * The Message Batches API, at half the price: at most 100,000 requests and 256 MB, which may use
 * different models. https://platform.claude.com/docs/en/build-with-claude/batch-processing
 */
export const batch: ModeBatch<ClaudeOptions> = {
  most: { lines: 100_000, bytes: 250_000_000 },
  priceShare: 0.5,
  group: () => "",
  body,
  submit: (lines, _, context) => asked(context, (batches) => submit(batches, lines, context)),
  find: (sought, context) => asked(context, (_, client) => findBatch(client, sought, context)),
  hasEnded: (id, context) =>
    asked(context, async (batches) => {
      const { processing_status } = await batches.retrieve(id, {}, signalOf(context));
      return processing_status === "ended";
    }),
  results,
  cancel: (id, context) => asked(context, (batches) => cancel(batches, id, signalOf(context))),
  read: readResult,
};

const signalOf = ({ signal }: RunContext<ClaudeOptions>) => ({ signal });

type Batches = Anthropic["messages"]["batches"];

function body(request: CanonicalRequest, { promptCache }: RunContext<ClaudeOptions>): object {
  const { stream: _, ...params } = withPromptCache(toBody(request), promptCache);
  return params;
}

async function submit(
  batches: Batches,
  lines: readonly BatchLine[],
  { signal }: RunContext<ClaudeOptions>,
): Promise<string> {
  const requests = lines.map(({ id, body }) => ({ custom_id: id, params: body as never }));
  return (await batches.create({ requests }, { signal })).id;
}

/**
 * Cancels a batch, unless it is being cancelled or has ended: a second cancellation may be refused.
 */
async function cancel(batches: Batches, id: string, options: ReturnType<typeof signalOf>) {
  try {
    await batches.cancel(id, {}, options);
  } catch (refused) {
    options.signal.throwIfAborted();
    const { processing_status } = await batches.retrieve(id, {}, options);
    if (processing_status !== "canceling" && processing_status !== "ended") throw refused;
  }
}

/**
 * Reads the results from our own path, and not from the URL that the batch names, so that the key
 * is sent only to the caller's address.
 */
async function* results(id: string, context: RunContext<ClaudeOptions>) {
  const { signal } = context;
  const answer = await asked(context, (_, client) =>
    client.get(resultsPath(id), { signal }).asResponse(),
  );
  for await (const { id, line } of readResultLines(answer, idMember)) {
    yield { id, result: line.result };
  }
}

function asked<T>(
  context: RunContext<ClaudeOptions>,
  ask: (batches: Batches, client: Anthropic) => Promise<T>,
): Promise<T> {
  const askBatches = async () => {
    const client = await openClient(context, mostBytes);
    return ask(client.messages.batches, client);
  };
  return askOnce({ signal: context.signal, ask: askBatches, failure: toError });
}
