import type {
  CallOptions,
  ChatRequest,
  Client,
  ClientOptions,
  ListOptions,
  Part,
  Reply,
} from "@acc/dual-mode";
import { Failure } from "../failure.ts";
import { CallWatch } from "./call-watch.ts";
import type { FoundServer } from "./find-server.ts";
import type { Asked, Told, Unasked } from "./messages.ts";
import { errorOf } from "./told-error.ts";

/** The providers that the server asks, and how. */
export interface Asking extends Pick<Asked, "names" | "client"> {
  readonly onEvent: ClientOptions["onEvent"];
  /** Opens the client for everything but calls, which works without the server. */
  readonly ownForAll: () => Promise<Client>;
  /** Opens the client that makes a call, with these options, which the server has not taken. */
  readonly ownFor: (request: ChatRequest, asked: CallOptions, why: Unasked) => Promise<Client>;
}

/**
 * A client whose calls a server makes, one after the other, with the same parts, replies and
 * errors.
 */
export function serverClient(server: FoundServer, asking: Asking): Client {
  const owned: { all?: Promise<Client>; calls?: Promise<Client> } = {};
  const ownClient = () => {
    owned.all ??= asking.ownForAll();
    return owned.all;
  };
  const ownFor: Asking["ownFor"] = (...call) => {
    owned.calls ??= asking.ownFor(...call);
    return owned.calls;
  };
  const from = { ...asking, ownFor };
  const close = async () => {
    server.lines.end();
    const own = await Promise.allSettled(Object.values(owned));
    for (const made of own) if (made.status === "fulfilled") await made.value.close();
  };
  return {
    provider: asking.names.join(","),
    chat: async (input: string | ChatRequest, options?: CallOptions) => {
      const call = callOf(server, from, "chat", input, options);
      for (;;) {
        const { done, value } = await call.next();
        if (done) return value;
      }
    },
    stream: (input: string | ChatRequest, options?: CallOptions) =>
      streamOf(callOf(server, from, "stream", input, options)),
    status: async () => (await ownClient()).status(),
    listModels: async (options?: ListOptions) => (await ownClient()).listModels(options),
    close,
    [Symbol.asyncDispose]: close,
  } as Client;
}

type Call = AsyncGenerator<Part, Reply>;

/** One call. If its consumer leaves before the end, the server aborts it too. */
async function* callOf(
  { lines }: FoundServer,
  asking: Asking,
  how: Asked["how"],
  input: string | ChatRequest,
  options: CallOptions = {},
): Call {
  const { signal, onEvent: onOwn, ...asked } = options;
  const { names, client, onEvent } = asking;
  const leave = () => lines.leave();
  const watch = new CallWatch(leave, options.timeout);
  let isOver = false;
  let unasked: Unasked | undefined;
  signal?.addEventListener("abort", leave, { once: true });
  if (signal?.aborted) leave();
  try {
    const said = { how, names, client, request: sendable(input), asked } satisfies Asked;
    void lines.write(said).then((isOut) => isOut && watch.sent());
    while (unasked === undefined) {
      const told = (await lines.next()) as Told | undefined;
      if (told === undefined) {
        if (watch.isTaken || signal?.aborted) throw await endOf(watch, signal);
        unasked = watch.isSilent ? "silent" : "ending";
      } else if ("unasked" in told) unasked = told.unasked;
      else if ("taken" in told) watch.taken();
      else if ("event" in told) for (const tell of [onEvent, onOwn]) tell?.(told.event);
      else if ("part" in told) yield told.part;
      else {
        isOver = true;
        if ("error" in told) throw await errorOf(told.error);
        return told.reply;
      }
    }
  } finally {
    signal?.removeEventListener("abort", leave);
    watch.end();
    if (!isOver) leave();
  }
  return yield* ownCall(asking, how, input, options, unasked);
}

/** Makes a call that the server has not taken, and that nobody has paid for. */
async function* ownCall(
  { ownFor }: Asking,
  how: Asked["how"],
  input: string | ChatRequest,
  options: CallOptions,
  why: Unasked,
): Call {
  const request: ChatRequest =
    typeof input === "string" ? { messages: [{ role: "user", content: input }] } : input;
  const client = await ownFor(request, options, why);
  if (how === "chat") return client.chat(request, options);
  const stream = client.stream(request, options);
  yield* stream;
  return stream.reply;
}

/**
 * A request that can be sent: of a schema only the JSON, with which the server checks the answer.
 */
function sendable(input: string | ChatRequest): unknown {
  if (typeof input === "string" || input.schema === undefined) return input;
  const { jsonSchema } = input.schema as { readonly jsonSchema: unknown };
  return { ...input, schema: { jsonSchema } };
}

async function endOf(watch: CallWatch, signal: AbortSignal | undefined): Promise<Error> {
  if (!signal?.aborted && !watch.isSilent) {
    return new Failure(
      "SERVER_ENDED",
      "The acc serve that was asked ended before it answered.",
      "Ask again; ACC_SERVER=off asks without the server.",
    );
  }
  const { DualModeError } = await import("@acc/dual-mode");
  if (signal?.aborted) {
    return new DualModeError("ABORTED", "The call was cancelled.", { cause: signal.reason });
  }
  const message = `acc serve took the call and did not say in ${watch.longest} ms how it ended.`;
  return new DualModeError("TIMEOUT", message, {
    fix: "Check whether it is stopped. The vendor may have been asked; ACC_SERVER=off asks without it.",
  });
}

/** A call as a stream, whose reply reads on where the loop has stopped. */
function streamOf(call: Call) {
  let outcome: Promise<Reply> | undefined;
  let last: IteratorResult<Part, Reply> | undefined;
  const rest = async (): Promise<Reply> => {
    while (!last?.done) last = await call.next();
    return last.value;
  };
  const reply = () => {
    outcome ??= rest();
    return outcome;
  };
  return {
    reply: {
      // biome-ignore lint/suspicious/noThenProperty: a stream's reply is looked at only when awaited
      then: (...settled: Parameters<Promise<Reply>["then"]>) => reply().then(...settled),
    } as PromiseLike<Reply>,
    async *[Symbol.asyncIterator](): AsyncGenerator<Part> {
      try {
        for (;;) {
          last = await call.next();
          if (last.done) return;
          yield last.value;
        }
      } catch (error) {
        outcome = Promise.reject(error);
        outcome.catch(() => {});
        throw error;
      } finally {
        if (!last?.done) await call.return(undefined as never);
      }
    },
  };
}
