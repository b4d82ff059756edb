import { redact } from "@acc/secrets/redact";
import type {
  ClientEvent,
  ListOptions,
  ProviderModels,
  ProviderStatus,
} from "../contract/client.ts";
import type { Part } from "../contract/part.ts";
import type { Logger } from "../contract/provider.ts";
import type { Reply } from "../contract/reply.ts";
import { KeyPool } from "../credentials/key-pool.ts";
import { ProbedModes } from "../engine/probed-modes.ts";
import { runCall } from "../engine/run-call.ts";
import { foreignText } from "../text/foreign-text.ts";
import type { LoadedParts } from "./client-parts.ts";
import { type CallFrame, type CallParts, openCall } from "./open-call.ts";
import type { PreparedCall } from "./prepare-call.ts";
import { providerModels } from "./provider-models.ts";
import { providerStatus } from "./provider-status.ts";

/** What a client makes its calls with. */
export class CallMaker<Options extends object> {
  readonly #parts: CallParts<Options>;

  constructor(parts: LoadedParts<Options>) {
    const { provider, options, own, report } = parts;
    const modes = new ProbedModes(provider, {
      options: own,
      cliPath: options.cliPath,
      env: process.env,
      cliEnv: options.cli?.env ?? {},
      logger: redactingLogger(report),
    });
    this.#parts = { ...parts, modes, pool: new KeyPool(provider, options) };
  }

  make(prepared: PreparedCall, frame: CallFrame): AsyncGenerator<Part, Reply> {
    return runCall(openCall(this.#parts, prepared, frame), prepared.access);
  }

  status(signal: AbortSignal): Promise<ProviderStatus> {
    return providerStatus(this.#parts, signal);
  }

  models(asked: ListOptions, bounds: Omit<CallFrame, "hold">): Promise<ProviderModels> {
    return providerModels(this.#parts, asked, bounds);
  }

  /** Ends the probes that are still under way. */
  async close(): Promise<void> {
    await this.#parts.modes.close();
  }
}

function redactingLogger(report: (event: ClientEvent) => void): Logger {
  return {
    debug(message, details) {
      const clean = details && redactedDetails(details);
      report({ type: "log", message: foreignText(message), ...(clean && { details: clean }) });
    },
  };
}

/** Undefined for what is no JSON: a log must not fail a call. */
function redactedDetails(details: object): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(redact(JSON.stringify(details, bounded)));
  } catch {
    return undefined;
  }
}

function bounded(_name: string, value: unknown): unknown {
  return typeof value === "string" ? foreignText(value) : value;
}
