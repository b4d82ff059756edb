import type { CallOptions } from "../contract/call-options.ts";
import type {
  Client,
  ClientOptions,
  ListOptions,
  ProviderModels,
  ProviderStatus,
  ReplyStream,
} from "../contract/client.ts";
import type { Part } from "../contract/part.ts";
import type { Provider } from "../contract/provider.ts";
import type { Reply } from "../contract/reply.ts";
import type { ChatRequest } from "../contract/request.ts";
import type { VendorBatchesOptions } from "../contract/vendor-batches.ts";
import { commandVariable } from "../detect/command-variable.ts";
import { shownParts } from "../engine/kept-parts.ts";
import { unlessAborted } from "../engine/timers.ts";
import { CallEvents } from "../events/call-events.ts";
import { EventSink } from "../events/event-sink.ts";
import { canonicalRequest } from "../request/canonical-request.ts";
import { check } from "../request/check.ts";
import { callOptionsForm, listOptionsForm } from "../request/option-forms.ts";
import type { CallMaker } from "./call-maker.ts";
import { CallScope } from "./call-scope.ts";
import { checkClientOptions } from "./client-options.ts";
import type { ClientParts } from "./client-parts.ts";
import { KnownRequests } from "./known-requests.ts";
import { namedProvider } from "./named-provider.ts";
import type { CallFrame } from "./open-call.ts";
import { type PreparedCall, prepareCall } from "./prepare-call.ts";
import { replyAtHand } from "./reply-at-hand.ts";
import { CallStream } from "./reply-stream.ts";
import { loadSharedCache, sharedCache } from "./shared-cache.ts";

type Prepared = PreparedCall | Promise<PreparedCall>;

/**
 * Creates a client of one provider. It reads and starts nothing before its first call, and loads
 * the engine only for the first call that the cache does not answer at once.
 *
 * @throws {@link DualModeError} `INVALID_REQUEST` for an unknown or wrong option
 */
export function createClient<Options extends object>(
  plain: Provider<Options>,
  given: ClientOptions & Options,
): Client {
  const { client: options, own } = checkClientOptions(plain, given);
  const provider = namedProvider(plain, options);
  const parts: ClientParts<Options> = {
    provider,
    options,
    own,
    commandVariable: provider.cli && commandVariable(provider.id),
    sink: new EventSink(options.onEvent, provider.telemetryName ?? provider.id),
  };
  const scope = new CallScope(options.timeout);
  const requests = new KnownRequests();
  let maker: CallMaker<Options> | undefined;
  let loading: Promise<CallMaker<Options>> | undefined;

  /** Loads the provider's own code, and stops waiting for it when the call is aborted. */
  async function load(signal: AbortSignal): Promise<CallMaker<Options>> {
    loading ??= makeCalls(parts);
    maker ??= await unlessAborted(signal, loading);
    return maker;
  }

  /** Checks a call and finds its place in the cache: synchronously, if the cache is loaded. */
  function prepare(
    input: string | ChatRequest,
    callOptions: CallOptions | undefined,
    events: CallEvents,
  ): Prepared {
    if (callOptions !== undefined) check(callOptionsForm, callOptions, "options");
    const asked = callOptions ?? {};
    scope.admit(asked);
    const { defaults, model = provider.defaultModel } = options;
    const known = defaults === undefined ? requests.take(input) : undefined;
    const request = known?.request ?? canonicalRequest(input, defaults, model, provider.id);
    const cache = isUnasked(asked, options) ? false : (options.cache ?? sharedCache());
    const read = { input, request, known };
    if (cache !== undefined) return prepareCall(parts, cache, read, asked, events);
    return loadSharedCache().then((loaded) => prepareCall(parts, loaded, read, asked, events));
  }

  /** Runs a call to its end, and reports its failure. */
  async function* run(
    events: CallEvents,
    prepared: () => Prepared,
    hold: boolean,
    control: AbortController,
  ): AsyncGenerator<Part, Reply> {
    if (!hold) events.begin();
    try {
      const ready = await prepared();
      if (!hold) events.started(ready.request);
      const span = scope.open(ready.asked, control);
      try {
        const { signal, deadline } = span;
        const found = hold ? undefined : replyAtHand(parts, ready);
        if (found) {
          requests.keep(ready);
          yield* shownParts(found.kept);
          return found.deliver();
        }
        const calls = await load(signal);
        return yield* calls.make(ready, { signal, deadline, hold, events });
      } finally {
        span.end();
      }
    } catch (error) {
      throw events.failed(error);
    }
  }

  /**
   * Makes a call that returns the whole reply. The cast to `Reply<T>` is safe, because the schema's
   * check has made the object fit its type.
   */
  async function chat<T>(input: string | ChatRequest<T>, asked?: CallOptions): Promise<Reply<T>> {
    const events = eventsOf(input, asked);
    events.begin();
    let ready: Prepared;
    try {
      ready = prepare(input, asked, events);
      if (ready instanceof Promise) {
        ready = await ready;
        scope.admit(ready.asked);
      }
    } catch (error) {
      throw events.failed(error);
    }
    events.started(ready.request);
    const found = replyAtHand(parts, ready);
    if (found) requests.keep(ready);
    const reply = found?.deliver() ?? lastOf(run(events, () => ready, true, new AbortController()));
    return reply as Promise<Reply<T>>;
  }

  function eventsOf(input?: string | ChatRequest, asked?: CallOptions): CallEvents {
    const sink = parts.sink.heardBy(asked?.onEvent);
    return new CallEvents(sink, { provider: provider.name, options, input, asked });
  }

  async function status(): Promise<readonly ProviderStatus[]> {
    const span = scope.open({}, new AbortController());
    try {
      return [await (await load(span.signal)).status(span.signal, eventsOf())];
    } finally {
      span.end();
    }
  }

  async function listModels(asked: ListOptions = {}): Promise<readonly ProviderModels[]> {
    check(listOptionsForm, asked, "options");
    const span = scope.open(asked, new AbortController());
    try {
      const { signal, deadline } = span;
      return [await (await load(signal)).models(asked, { signal, deadline, events: eventsOf() })];
    } finally {
      span.end();
    }
  }

  async function bounded<T>(
    signal: AbortSignal | undefined,
    ask: (bounds: Omit<CallFrame, "hold">) => Promise<T>,
    timeout?: number,
  ): Promise<T> {
    const asked = { ...(signal && { signal }), ...(timeout !== undefined && { timeout }) };
    const span = scope.open(asked, new AbortController());
    try {
      return await ask({ signal: span.signal, deadline: span.deadline, events: eventsOf() });
    } finally {
      span.end();
    }
  }

  async function vendorBatches({ signal, key }: VendorBatchesOptions = {}) {
    const own = signal ?? new AbortController().signal;
    const calls = await load(own);
    return calls.batches({ chat, signal: own, key, bounded });
  }

  const close = async () => {
    await Promise.all([scope.close(), maker?.close()]);
    await maker?.endStandbys();
  };
  const { model = provider.defaultModel } = options;
  return {
    provider: provider.name,
    ...(model !== undefined && { model }),
    models: provider.models ?? [],
    chat,
    stream: <T>(input: string | ChatRequest<T>, asked?: CallOptions) => {
      const events = eventsOf(input, asked);
      return new CallStream((control) =>
        run(events, () => prepare(input, asked, events), false, control),
      ) as ReplyStream<T>;
    },
    status,
    listModels,
    vendorBatches,
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Whether no cache is used; recordings are always used. */
function isUnasked({ cache: policy }: CallOptions, { cache }: ClientOptions): boolean {
  return policy === "off" && !(cache || undefined)?.recording;
}

async function makeCalls<Options extends object>(
  parts: ClientParts<Options>,
): Promise<CallMaker<Options>> {
  const { CallMaker, loadModes } = await import("../first-call.ts");
  return new CallMaker({ ...parts, provider: await loadModes(parts.provider) });
}

async function lastOf(parts: AsyncGenerator<Part, Reply>): Promise<Reply> {
  for (;;) {
    const result = await parts.next();
    if (result.done) return result.value;
  }
}
