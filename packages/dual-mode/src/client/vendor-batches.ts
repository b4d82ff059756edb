import type { CanonicalRequest } from "../contract/canonical.ts";
import type { Client } from "../contract/client.ts";
import type { Code } from "../contract/code.ts";
import type { BatchResult, ModeBatch } from "../contract/mode-batch.ts";
import type { RunContext } from "../contract/mode-context.ts";
import type { ChatRequest } from "../contract/request.ts";
import type {
  BatchAccount,
  BatchedCall,
  BatchedRequest,
  VendorBatches,
} from "../contract/vendor-batches.ts";
import { attemptError } from "../engine/attempt-error.ts";
import { type Batched, batched } from "../engine/batched.ts";
import { DualModeError } from "../error.ts";
import { batchedDigest } from "./batched-digest.ts";

/** Codes of errors that stop the reading of a result, and say nothing about the result itself. */
const unread: ReadonlySet<Code> = new Set<Code>([
  ...(["MISSING_CREDENTIALS", "SDK_NOT_INSTALLED", "CLOSED", "DEADLINE_EXCEEDED"] as const),
]);

/** What a provider's batches need from the client. */
export interface BatchFrame<Options> {
  readonly provider: string;
  readonly account: BatchAccount;
  readonly batch: ModeBatch<Options>;
  readonly chat: Client["chat"];
  /** Sends requests within the time that a batch may take. */
  within<T>(signal: AbortSignal, ask: (context: RunContext<Options>) => Promise<T>): Promise<T>;
}

/**
 * Returns a provider's own batches: the requests to the vendor, with the client's checks before and
 * after them.
 */
export function vendorBatches<Options>({
  provider,
  account,
  batch,
  chat,
  within,
}: BatchFrame<Options>): VendorBatches {
  const { most, priceShare } = batch;
  const call = (request: ChatRequest, asked: BatchedCall, run: Batched["run"]) =>
    chat(request, {
      ...asked,
      only: "sdk",
      billing: "key",
      [batched]: { priceShare, run },
    } as object);
  const lineOf = (request: CanonicalRequest, context: RunContext<Options>): BatchedRequest => {
    const group = batch.group(request, context);
    const body = batch.body(request, context);
    return { group, body, digest: batchedDigest(group, request, context) };
  };
  const ask = <T>(signal: AbortSignal, what: (context: RunContext<Options>) => Promise<T>) =>
    told(signal, within(signal, what));
  return {
    ...{ provider, account, most, priceShare },
    async prepare(request, options) {
      let line: BatchedRequest | undefined;
      try {
        const reply = await call(request, options, (canonical, context) => {
          line = lineOf(canonical, context);
          throw new DualModeError("ABORTED", "It is sent in a batch.");
        });
        return { reply };
      } catch (error) {
        if (line !== undefined) return line;
        throw error;
      }
    },
    submit: (lines, mark, signal) => ask(signal, (context) => batch.submit(lines, mark, context)),
    discard: (lines, signal) => ask(signal, async (context) => batch.discard?.(lines, context)),
    find: (sought, signal) => ask(signal, (context) => batch.find(sought, context)),
    hasEnded: (id, signal, isGivenUp = false) =>
      ask(signal, (context) => batch.hasEnded(id, context, isGivenUp)),
    async results(id, take, signal) {
      let fault: { readonly thrown: unknown } | undefined;
      const hand = async (result: BatchResult) => {
        try {
          await take(result);
        } catch (thrown) {
          fault = { thrown };
          throw thrown;
        }
      };
      try {
        await ask(signal, async (context) => {
          for await (const { refused, ...result } of batch.results(id, context)) {
            await hand(refused ? { ...result, refused: attemptError(refused) } : result);
          }
        });
      } catch (error) {
        throw fault === undefined ? error : fault.thrown;
      }
    },
    cancel: (id, signal) => ask(signal, (context) => batch.cancel(id, context)),
    async reply(request, { digest, result }, options) {
      let isRead = false;
      let isOther = false;
      const kept = { ...options, cache: options.cache === "off" ? "off" : "refresh" } as const;
      try {
        const reply = await call(request, kept, (canonical, context) => {
          isOther = lineOf(canonical, context).digest !== digest;
          if (isOther) throw new DualModeError("ABORTED", "It belongs to another request.");
          isRead = true;
          return batch.read(result, canonical, context);
        });
        return { reply };
      } catch (error) {
        if (isOther) return { isOther };
        if (!isRead || !DualModeError.is(error) || unread.has(error.code)) throw error;
        return { failure: error };
      }
    },
  };
}

async function told<T>(signal: AbortSignal, answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (thrown) {
    if (signal.aborted) throw new DualModeError("ABORTED", "The caller stopped waiting.");
    throw attemptError(thrown);
  }
}
