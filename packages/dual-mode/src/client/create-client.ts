import { getGlobalCache } from "@acc/cache";
import { redact } from "@acc/secrets";
import type { Client, ClientEvent, ClientOptions } from "../contract/client.ts";
import type { Part } from "../contract/part.ts";
import type { Logger, Provider } from "../contract/provider.ts";
import type { Reply } from "../contract/reply.ts";
import type { CallOptions, ChatRequest } from "../contract/request.ts";
import { ProbedModes } from "../engine/probed-modes.ts";
import { runCall } from "../engine/run-call.ts";
import { CallScope } from "./call-scope.ts";
import { checkClientOptions } from "./client-options.ts";
import { type ClientParts, openCall } from "./open-call.ts";
import { providerStatus } from "./provider-status.ts";
import { CallStream } from "./reply-stream.ts";

/**
 * A client of one provider. Nothing is touched before its first call.
 * @throws {@link DualModeError} `INVALID_REQUEST` for an option that is unknown or wrong
 */
export function createClient<Options extends object>(
  provider: Provider<Options>,
  given: ClientOptions & Options,
): Client {
  const { client: options, own } = checkClientOptions(provider, given);
  const report = (event: ClientEvent) => options.onEvent?.(event);
  const logger = redactingLogger(report);
  const modes = new ProbedModes(provider, {
    options: own,
    cliPath: options.cliPath,
    env: process.env,
    logger,
  });
  const parts: ClientParts<Options> = { provider, options, own, modes, report };
  const scope = new CallScope(options.timeout);

  async function* run(
    input: string | ChatRequest,
    asked: CallOptions,
    hold: boolean,
  ): AsyncGenerator<Part, Reply> {
    const span = scope.open(asked);
    try {
      const { signal, deadline } = span;
      const call = await openCall(parts, input, asked, { signal, deadline, hold });
      return yield* runCall(call, {
        store: options.cache === false ? undefined : (options.cache ?? getGlobalCache()),
        policy: asked.cache ?? "default",
        tenant: asked.tenant ?? options.tenant,
      });
    } finally {
      span.end();
    }
  }

  const close = () => scope.close();
  return {
    provider: provider.id,
    chat: (input, asked = {}) => lastOf(run(input, asked, true)),
    stream: (input, asked = {}) => new CallStream(run(input, asked, false)),
    status: async () => [await providerStatus(parts)],
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function lastOf(parts: AsyncGenerator<Part, Reply>): Promise<Reply> {
  for (;;) {
    const result = await parts.next();
    if (result.done) return result.value;
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
