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
import { type CheckedRequest, canonicalRequest } from "../request/canonical-request.ts";
import { check } from "../request/check.ts";
import { callOptionsForm, listOptionsForm } from "../request/option-forms.ts";
import type { CallMaker } from "./call-maker.ts";
import { CallScope } from "./call-scope.ts";
import { checkClientOptions } from "./client-options.ts";
import type { PreparedCall } from "./prepare-call.ts";
import { CallStream } from "./reply-stream.ts";

interface Begun {
  readonly request: CheckedRequest;
  readonly asked: CallOptions;
  readonly prepared: PreparedCall | undefined;
}

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
  let calls: CallMaker<Options> | undefined;
  let loading: Promise<CallMaker<Options>> | undefined;
  const load = () => {
    loading ??= import("./call-maker.ts").then(({ CallMaker }) => {
      calls = new CallMaker(provider, options);
      return calls;
    });
    return loading;
  };

  /** What is asked, checked, and, once the engine is there, where its answer may be kept. */
  function begin(input: string | ChatRequest, callOptions: CallOptions | undefined): Begun {
    if (callOptions !== undefined) check(callOptionsForm, callOptions, "options");
    const asked = callOptions ?? {};
    scope.admit(asked);
    const { defaults = {}, model = provider.defaultModel } = options.client;
    const request = canonicalRequest(input, defaults, model);
    return { request, asked, prepared: calls?.prepare(request, asked) };
  }

  async function* run(
    begun: () => Begun,
    hold: boolean,
    control: AbortController,
  ): AsyncGenerator<Part, Reply> {
    const { request, asked, prepared } = begun();
    const span = scope.open(asked, control);
    try {
      const { signal, deadline } = span;
      const maker = calls ?? (await load());
      const ready = prepared ?? maker.prepare(request, asked);
      return yield* maker.make(ready, { signal, deadline, hold });
    } finally {
      span.end();
    }
  }

  async function chat(input: string | ChatRequest, asked?: CallOptions): Promise<Reply> {
    const begun = begin(input, asked);
    const kept = begun.prepared && calls?.atHand(begun.prepared);
    return kept ?? lastOf(run(() => begun, true, new AbortController()));
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
    check(listOptionsForm, asked, "options");
    const span = scope.open(asked, new AbortController());
    try {
      const { signal, deadline } = span;
      return [await (await load()).models(asked, { signal, deadline })];
    } finally {
      span.end();
    }
  }

  const close = async () => {
    await Promise.all([scope.close(), loading?.then((maker) => maker.close())]);
  };
  return {
    provider: provider.id,
    chat,
    stream: (input, asked) =>
      new CallStream((control) => run(() => begin(input, asked), false, control)),
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
