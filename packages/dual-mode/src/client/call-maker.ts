import type { ListOptions, ProviderModels, ProviderStatus } from "../contract/client.ts";
import type { Part } from "../contract/part.ts";
import type { Reply } from "../contract/reply.ts";
import { KeyPool } from "../credentials/key-pool.ts";
import { ProbedModes } from "../engine/probed-modes.ts";
import { runCall } from "../engine/run-call.ts";
import type { CallEvents } from "../events/call-events.ts";
import { loggerOf } from "../events/logger-of.ts";
import type { LoadedParts } from "./client-parts.ts";
import { type CallFrame, type CallParts, openCall } from "./open-call.ts";
import type { PreparedCall } from "./prepare-call.ts";
import { providerModels } from "./provider-models.ts";
import { providerStatus } from "./provider-status.ts";

/** What a client makes its calls with. */
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

  /** Ends the probes that are still under way. */
  async close(): Promise<void> {
    await this.#parts.modes.close();
  }

  /** Ends the processes that wait for calls; to be called when none is under way any more. */
  async endStandbys(): Promise<void> {
    const { options, modes } = this.#parts;
    if (options.standby === undefined) return;
    const { dropStandbysOf } = await import("../cli/standby/pool.ts");
    await dropStandbysOf(modes);
  }
}
