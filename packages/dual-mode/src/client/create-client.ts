import type { Client, ClientOptions } from "../contract/client.ts";
import type { Part } from "../contract/part.ts";
import type { Provider } from "../contract/provider.ts";
import type { Reply } from "../contract/reply.ts";
import type { CallOptions, ChatRequest } from "../contract/request.ts";
import type { CallMaker } from "./call-maker.ts";
import { CallScope } from "./call-scope.ts";
import { checkClientOptions } from "./client-options.ts";
import { CallStream } from "./reply-stream.ts";

/**
 * A client of one provider. Nothing is touched, and the engine not even loaded, before its first call.
 * @throws {@link DualModeError} `INVALID_REQUEST` for an option that is unknown or wrong
 */
export function createClient<Options extends object>(
  provider: Provider<Options>,
  given: ClientOptions & Options,
): Client {
  const options = checkClientOptions(provider, given);
  const scope = new CallScope(options.client.timeout);
  let maker: Promise<CallMaker<Options>> | undefined;
  const load = () => {
    maker ??= import("./call-maker.ts").then(({ CallMaker }) => new CallMaker(provider, options));
    return maker;
  };

  async function* run(
    input: string | ChatRequest,
    asked: CallOptions,
    hold: boolean,
  ): AsyncGenerator<Part, Reply> {
    const span = scope.open(asked);
    try {
      const { signal, deadline } = span;
      const calls = await load();
      return yield* calls.make(input, asked, { signal, deadline, hold });
    } finally {
      span.end();
    }
  }

  const close = () => scope.close();
  return {
    provider: provider.id,
    chat: (input, asked = {}) => lastOf(run(input, asked, true)),
    stream: (input, asked = {}) => new CallStream(run(input, asked, false)),
    status: async () => [await (await load()).status()],
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
