import type { Client, ListOptions, ProviderModels, ProviderStatus } from "../contract/client.ts";
import type { RunContext } from "../contract/mode-context.ts";
import type { Part } from "../contract/part.ts";
import type { Reply } from "../contract/reply.ts";
import type { VendorBatches } from "../contract/vendor-batches.ts";
import { KeyPool } from "../credentials/key-pool.ts";
import { resolveBaseUrl } from "../credentials/resolve-base-url.ts";
import { accountOf, batchContext } from "../engine/batch-context.ts";
import { ProbedModes } from "../engine/probed-modes.ts";
import { runCall } from "../engine/run-call.ts";
import { DualModeError } from "../error.ts";
import type { CallEvents } from "../events/call-events.ts";
import { loggerOf } from "../events/logger-of.ts";
import type { LoadedParts } from "./client-parts.ts";
import { type CallFrame, type CallParts, openCall, openListing } from "./open-call.ts";
import type { PreparedCall } from "./prepare-call.ts";
import { providerModels } from "./provider-models.ts";
import { providerStatus } from "./provider-status.ts";
import { type BatchFrame, vendorBatches } from "./vendor-batches.ts";

/** The bounds of requests other than calls, such as a listing or a batch. */
type Bounds = Omit<CallFrame, "hold">;

/** What requests about batches need from the client. */
interface BatchesAsked {
  readonly chat: Client["chat"];
  readonly signal: AbortSignal;
  /** Identifies the key to use, if the client has it. */
  readonly key: string | undefined;
  /**
   * Sends requests within the signal of a call, and within `timeout` ms or the client's usual time.
   */
  bounded<T>(
    signal: AbortSignal,
    ask: (bounds: Bounds) => Promise<T>,
    timeout?: number,
  ): Promise<T>;
}

/**
 * The timeout of a request about a batch, in ms: its results may be gigabytes, and are written
 * while they arrive. A server that falls silent is given up long before, by the five minutes of
 * `fetch`.
 */
const patience = 24 * 3_600_000;

/** Makes the calls of a client. */
export class CallMaker<Options extends object> {
  readonly #parts: CallParts<Options>;

  constructor(parts: LoadedParts<Options>) {
    const { provider, options, own } = parts;
    const modes = new ProbedModes(provider, {
      options: own,
      cliPath: options.cliPath,
      env: process.env,
      cliEnv: options.cli?.env ?? {},
    });
    this.#parts = { ...parts, modes, pool: new KeyPool(provider, options) };
  }

  make(prepared: PreparedCall, frame: CallFrame): AsyncGenerator<Part, Reply> {
    return runCall(openCall(this.#parts, prepared, frame), prepared.access);
  }

  status(signal: AbortSignal, events: CallEvents): Promise<ProviderStatus> {
    return providerStatus(this.#parts, signal, loggerOf(events));
  }

  models(asked: ListOptions, bounds: Omit<CallFrame, "hold">): Promise<ProviderModels> {
    return providerModels(this.#parts, asked, bounds);
  }

  /**
   * Returns the provider's batches.
   *
   * @throws {@link DualModeError} `UNSUPPORTED_FEATURE`, `MISSING_CREDENTIALS`
   */
  async batches({ chat, signal, key, bounded }: BatchesAsked): Promise<VendorBatches> {
    const { provider } = this.#parts;
    const batch = provider.sdk?.batch;
    if (batch === undefined) {
      const message = `${provider.name} has no batch API.`;
      throw new DualModeError("UNSUPPORTED_FEATURE", message, { fix: "Ask line by line." });
    }
    const within: BatchFrame<Options>["within"] = (own, ask) =>
      bounded(own, async (bounds) => ask(await this.#batchContext(bounds, key)), patience);
    const account = await bounded(signal, async (bounds) =>
      accountOf(await this.#batchContext(bounds, key)),
    );
    return vendorBatches({ provider: provider.name, account, batch, chat, within });
  }

  #batchContext(bounds: Bounds, key: string | undefined): Promise<RunContext<Options>> {
    const { provider, options } = this.#parts;
    const baseUrl = resolveBaseUrl(provider, options.baseUrl, process.env);
    return batchContext(openListing(this.#parts, {}, bounds, baseUrl), key);
  }

  /** Ends the probes that are still in progress. */
  async close(): Promise<void> {
    await this.#parts.modes.close();
  }

  /** Ends the standby processes; called once no call is in progress. */
  async endStandbys(): Promise<void> {
    const { options, modes } = this.#parts;
    if (options.standby === undefined) return;
    const { dropStandbysOf } = await import("../cli/standby/pool.ts");
    await dropStandbysOf(modes);
  }
}
