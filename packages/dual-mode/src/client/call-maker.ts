import { getGlobalCache } from "@acc/cache";
import { redact } from "@acc/secrets";
import type { ClientEvent, ProviderStatus } from "../contract/client.ts";
import type { Part } from "../contract/part.ts";
import type { Logger, Provider } from "../contract/provider.ts";
import type { Reply } from "../contract/reply.ts";
import type { CallOptions, ChatRequest } from "../contract/request.ts";
import { KeyPool } from "../credentials/key-pool.ts";
import { ProbedModes } from "../engine/probed-modes.ts";
import { runCall } from "../engine/run-call.ts";
import { reporter } from "../events/publish.ts";
import type { CheckedOptions } from "./client-options.ts";
import { type CallFrame, type ClientParts, openCall } from "./open-call.ts";
import { providerStatus } from "./provider-status.ts";

/** What a client makes its calls with. */
export class CallMaker<Options extends object> {
  readonly #parts: ClientParts<Options>;

  constructor(provider: Provider<Options>, { client: options, own }: CheckedOptions<Options>) {
    const report = reporter(options.onEvent);
    const modes = new ProbedModes(provider, {
      options: own,
      cliPath: options.cliPath,
      env: process.env,
      cliEnv: options.cli?.env ?? {},
      logger: redactingLogger(report),
    });
    const pool = new KeyPool(provider, options);
    this.#parts = { provider, options, own, modes, pool, report };
  }

  async *make(
    input: string | ChatRequest,
    asked: CallOptions,
    frame: CallFrame,
  ): AsyncGenerator<Part, Reply> {
    const { options } = this.#parts;
    const call = await openCall(this.#parts, input, asked, frame);
    return yield* runCall(call, {
      store: options.cache === false ? undefined : (options.cache ?? getGlobalCache()),
      policy: asked.cache ?? "default",
      tenant: asked.tenant ?? options.tenant,
    });
  }

  status(): Promise<ProviderStatus> {
    return providerStatus(this.#parts);
  }
}

function redactingLogger(report: (event: ClientEvent) => void): Logger {
  return {
    debug(message, details) {
      const clean = details && JSON.parse(redact(JSON.stringify(details)));
      report({ type: "log", message: redact(message), ...(clean && { details: clean }) });
    },
  };
}
