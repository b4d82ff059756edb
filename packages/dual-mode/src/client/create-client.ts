import type {
  Client,
  ClientOptions,
  ListOptions,
  ProviderModels,
  ProviderStatus,
} from "../contract/client.ts";
import type { Part } from "../contract/part.ts";
import type { Provider } from "../contract/provider.ts";
import type { Reply } from "../contract/reply.ts";
import type { CallOptions, ChatRequest } from "../contract/request.ts";
import { canonicalRequest } from "../request/canonical-request.ts";
import { check } from "../request/check.ts";
import {
  callOptionNames,
  callOptionsSchema,
  listOptionNames,
  listOptionsSchema,
} from "../request/schemas.ts";
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
    control: AbortController,
  ): AsyncGenerator<Part, Reply> {
    check(callOptionsSchema, asked, "options", callOptionNames);
    const span = scope.open(asked, control);
    try {
      const { signal, deadline } = span;
      const { defaults = {}, model = provider.defaultModel } = options.client;
      const request = canonicalRequest(input, defaults, model);
      const calls = await load();
      return yield* calls.make(request, asked, { signal, deadline, hold });
    } finally {
      span.end();
    }
  }

  async function status(): Promise<readonly ProviderStatus[]> {
    const span = scope.open({}, new AbortController());
    try {
      return [await (await load()).status(span.signal)];
    } finally {
      span.end();
    }
  }

  async function listModels(asked: ListOptions = {}): Promise<readonly ProviderModels[]> {
    check(listOptionsSchema, asked, "options", listOptionNames);
    const span = scope.open(asked, new AbortController());
    try {
      const { signal, deadline } = span;
      return [await (await load()).models(asked, { signal, deadline })];
    } finally {
      span.end();
    }
  }

  const close = async () => {
    await Promise.all([scope.close(), maker?.then((calls) => calls.close())]);
  };
  return {
    provider: provider.id,
    chat: (input, asked = {}) => lastOf(run(input, asked, true, new AbortController())),
    stream: (input, asked = {}) => new CallStream((control) => run(input, asked, false, control)),
    status,
    listModels,
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
