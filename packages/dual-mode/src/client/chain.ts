import type { Client } from "../contract/client.ts";
import type { Code } from "../contract/code.ts";
import type { Part } from "../contract/part.ts";
import type { Attempt, Reply } from "../contract/reply.ts";
import type { CallOptions, ChatRequest } from "../contract/request.ts";
import { withAttempts } from "../engine/with-attempts.ts";
import { DualModeError } from "../error.ts";
import { CallStream } from "./reply-stream.ts";

export interface ChainOptions {
  /** Codes on which the next provider is asked. @default ["ALL_ROUTES_FAILED"] */
  readonly on?: readonly Code[];
  /** The model to ask each provider for, by its id; without one, a request's model goes to the first alone. */
  readonly models?: Readonly<Record<string, string>>;
}

/**
 * A client that goes on to the next provider where one has failed.
 * @throws {@link DualModeError} `INVALID_REQUEST` without a client
 */
export function chain(clients: readonly Client[], options: ChainOptions = {}): Client {
  if (clients.length === 0) {
    throw new DualModeError("INVALID_REQUEST", "chain needs at least one client.");
  }
  const close = async () => {
    await Promise.all(clients.map((client) => client.close()));
  };
  return {
    provider: clients.map(({ provider }) => provider).join(","),
    chat: (input, asked) => chatInTurn(clients, options, input, asked),
    stream: (input, asked) => new CallStream(streamInTurn(clients, options, input, asked)),
    status: async () => (await Promise.all(clients.map((client) => client.status()))).flat(),
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function chatInTurn(
  clients: readonly Client[],
  options: ChainOptions,
  input: string | ChatRequest,
  asked: CallOptions | undefined,
): Promise<Reply> {
  const failures = new ChainFailures(clients, options);
  for (const client of clients) {
    try {
      return failures.credit(await client.chat(inputFor(client, clients, options, input), asked));
    } catch (error) {
      failures.add(error, client);
    }
  }
  throw failures.whole();
}

async function* streamInTurn(
  clients: readonly Client[],
  options: ChainOptions,
  input: string | ChatRequest,
  asked: CallOptions | undefined,
): AsyncGenerator<Part, Reply> {
  const failures = new ChainFailures(clients, options);
  for (const client of clients) {
    let shown = false;
    try {
      const stream = client.stream(inputFor(client, clients, options, input), asked);
      for await (const part of stream) {
        shown = true;
        yield part;
      }
      return failures.credit(await stream.reply);
    } catch (error) {
      if (shown) throw error;
      failures.add(error, client);
    }
  }
  throw failures.whole();
}

function inputFor(
  client: Client,
  clients: readonly Client[],
  { models }: ChainOptions,
  input: string | ChatRequest,
): string | ChatRequest {
  const model = models?.[client.provider];
  const request = typeof input === "string" ? undefined : input;
  if (model !== undefined) {
    return { ...(request ?? { messages: [{ role: "user", content: input as string }] }), model };
  }
  if (request === undefined || client === clients[0]) return input;
  const { model: _, ...rest } = request;
  return rest;
}

/** The providers that have failed so far. */
class ChainFailures {
  readonly #movesOn: ReadonlySet<Code>;
  readonly #last: Client | undefined;
  readonly #errors: DualModeError[] = [];

  constructor(clients: readonly Client[], { on = ["ALL_ROUTES_FAILED"] }: ChainOptions) {
    this.#movesOn = new Set(on);
    this.#last = clients.at(-1);
  }

  /** Keeps a failure, or throws one that no other provider should be asked about. */
  add(error: unknown, client: Client): void {
    if (!DualModeError.is(error) || !this.#movesOn.has(error.code)) {
      throw withAttempts(error, this.#attempts());
    }
    this.#errors.push(error);
    if (client === this.#last && this.#errors.length === 1) throw error;
  }

  /** The reply, told with what came before it. */
  credit(reply: Reply): Reply {
    if (this.#errors.length === 0) return reply;
    return { ...reply, fallback: true, attempts: [...this.#attempts(), ...reply.attempts] };
  }

  whole(): DualModeError {
    return new DualModeError(
      "ALL_ROUTES_FAILED",
      this.#errors.map(({ message }) => message).join("\n"),
      {
        fix: "Mend one of the routes listed.",
        attempts: this.#attempts(),
        cause: this.#errors.at(-1),
      },
    );
  }

  #attempts(): readonly Attempt[] {
    return this.#errors.flatMap(({ attempts }) => attempts);
  }
}
