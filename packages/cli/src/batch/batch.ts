import { resolve } from "node:path";
import type { BatchResult } from "@acc/batch";
import type { CallOptions, Client, ClientOptions } from "@acc/dual-mode";
import type { Command } from "commander";
import { callOptions, clientOptions, requestBase } from "../chat/build-request.ts";
import { namedClient, namedProviders, openClient } from "../chat/choose-client.ts";
import { resolveSettings } from "../config/resolve-settings.ts";
import type { Settings } from "../config/settings.ts";
import { Failure, UsageError } from "../failure.ts";
import { untilInterrupted, wasInterrupted } from "../interrupt.ts";
import { inOwnWords } from "../output/own-words.ts";
import { printJson, tell } from "../output/terminal.ts";
import { checkNames } from "../providers.ts";
import type { BatchFlags } from "./batch-flags.ts";
import { loadBatch } from "./load-batch.ts";
import { unfold } from "./row-prompt.ts";
import { showProgress } from "./show-progress.ts";

/** Asks the lines of a file; sets exit code 1 if a line failed or is still to be asked. */
export async function batch(
  input: string | undefined,
  given: BatchFlags,
  command: Command,
): Promise<void> {
  if (input === undefined) throw missing("The input is missing.");
  if (given.output === undefined) throw missing("The output is missing.");
  if (input === "-" || given.output === "-") {
    throw missing("A batch needs files, because it can be resumed later.");
  }
  const { flags, toRequest } = await unfold(given, command);
  const byVendor = vendorBatch(flags);
  const settings = await resolveSettings();
  const { prices } = await import("@acc/prices");
  const { runBatch } = await loadBatch();
  const call = howToCall(flags, settings);
  const defaults = await requestBase(flags, settings);
  const client = await openFor(flags, settings, { ...clientOptions(flags), prices }, call);
  const view = showProgress();
  try {
    const { output, failures, maxCost, concurrency, retryFailed, retry = 0 } = flags;
    const result = await untilInterrupted((signal) =>
      runBatch({
        ...{ client, input, output, concurrency, defaults, call, prices, signal },
        ...{ tries: retry + 1, onProgress: view.note },
        ...(failures !== undefined && { failures }),
        ...(maxCost !== undefined && { maxCost }),
        ...(retryFailed && { retryFailed }),
        ...(toRequest !== undefined && { toRequest }),
        ...byVendor,
      }),
    );
    view.end();
    tellOf(result, flags);
  } finally {
    view.end();
    await client.close();
  }
}

function vendorBatch({ vendorBatch: asked, cancel, poll, queue }: BatchFlags) {
  if (!asked && !cancel) return {};
  if (queue === undefined) {
    return { vendorBatch: { poll: poll * 1_000, ...(cancel && { cancel }) } };
  }
  const fix = "Leave --queue out: a vendor's batch needs no workers.";
  throw new UsageError("--vendor-batch cannot use a queue.", fix);
}

/** A CLI run uses extra tokens of its own, so if costs are bounded, the SDK is asked instead. */
function howToCall(flags: BatchFlags, settings: Settings): CallOptions {
  const call = callOptions(flags, settings);
  if (flags.maxCost === undefined) return call;
  return { only: "sdk", ...call, ...(flags.wait && { waitForLimits: true }) };
}

/** If costs are bounded, nothing is retried unless asked for: each attempt may cost money. */
async function openFor(
  { provider, maxCost, queue, output }: BatchFlags,
  settings: Settings,
  common: ClientOptions,
  call: CallOptions,
): Promise<Client> {
  const options = { standby: 1, ...(maxCost !== undefined && { retry: 0 }), ...common };
  const names = await checkNames(namedProviders(provider, settings));
  if (queue !== undefined) {
    const { queueClient } = await import("./queue-client.ts");
    const { retry } = options;
    const way = {
      url: queue,
      names,
      batch: resolve(output),
      ...(retry !== undefined && { retry }),
    };
    return queueClient(() => named(names, options, call), way);
  }
  return named(names, options, call);
}

function named(
  names: readonly string[],
  options: ClientOptions,
  call: CallOptions,
): Promise<Client> {
  if (names.length > 0) return namedClient(names, options);
  return openClient(options, { messages: [] }, { ...call, cache: "off" });
}

function tellOf(result: BatchResult, { json, vendorBatch, cancel }: BatchFlags): void {
  const { answered, failed, pending, equal, cached, cut, unpriced, spent, stopped } = result;
  const known = unpriced > 0 ? `; the cost of ${unpriced} is unknown` : "";
  const counts = [
    `${answered} answered`,
    ...(cached > 0 ? [`${cached} from the cache`] : []),
    ...(equal > 0 ? [`${equal} equal to others`] : []),
    ...(cut > 0 ? [`${cut} cut off at their token limit`] : []),
    `${failed} failed`,
    ...(pending > 0 ? [`${pending} to be asked`] : []),
  ];
  if (json) printJson(result);
  tell(`${counts.join(", ")}; $${spent.toFixed(4)} spent${known}.`);
  if (failed > 0) tell(`${result.failures} says why; --retry-failed asks again.`);
  if (failed + pending > 0) process.exitCode = 1;
  if (stopped === undefined) return;
  if (wasInterrupted()) {
    if (vendorBatch || cancel) tell(inOwnWords(`${stopped.message} ${stopped.fix ?? ""}`));
    return;
  }
  throw new Failure(stopped.code, stopped.message, stopped.fix ?? "Start it again.");
}

function missing(what: string): UsageError {
  return new UsageError(what, "Name both: acc batch in.jsonl -o out.jsonl");
}
