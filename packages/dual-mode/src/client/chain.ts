import type { CallOptions } from "../contract/call-options.ts";
import type { Client, ReplyStream } from "../contract/client.ts";
import type { Part } from "../contract/part.ts";
import type { Reply } from "../contract/reply.ts";
import type { ChatRequest } from "../contract/request.ts";
import { DualModeError } from "../error.ts";
import { check } from "../request/check.ts";
import { chainOptionsForm } from "../request/option-forms.ts";
import { ChainCall } from "./chain-call.ts";
import type { ChainOptions } from "./chain-options.ts";
import { CallStream } from "./reply-stream.ts";

/**
 * Returns a client that asks the next provider after one has failed.
 *
 * @throws {@link DualModeError} `INVALID_REQUEST` without a client, or for an unknown option
 */
export function chain(clients: readonly Client[], options: ChainOptions = {}): Client {
  if (clients.length === 0) {
    throw new DualModeError("INVALID_REQUEST", "chain needs at least one client.");
  }
  check(chainOptionsForm, options, "options");
  const close = async () => {
    await Promise.all([...new Set(clients)].map((client) => client.close()));
  };
  return {
    provider: clients.map(({ provider }) => provider).join(","),
    chat: <T>(input: string | ChatRequest<T>, asked: CallOptions = {}) =>
      chatInTurn(new ChainCall(clients, options, input, asked)) as Promise<Reply<T>>,
    stream: <T>(input: string | ChatRequest<T>, asked: CallOptions = {}) =>
      new CallStream((control) =>
        streamInTurn(new ChainCall(clients, options, input, asked), control.signal),
      ) as ReplyStream<T>,
    status: async () => (await Promise.all(clients.map((client) => client.status()))).flat(),
    listModels: async (asked) =>
      (await Promise.all(clients.map((client) => client.listModels(asked)))).flat(),
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function chatInTurn(call: ChainCall): Promise<Reply> {
  for (const leg of call.legs()) {
    try {
      const { client } = leg;
      return call.credit(await client.chat(call.inputFor(client), call.options(leg)));
    } catch (error) {
      call.add(error);
    }
  }
  throw call.failure();
}

async function* streamInTurn(call: ChainCall, left: AbortSignal): AsyncGenerator<Part, Reply> {
  for (const leg of call.legs()) {
    const { client } = leg;
    try {
      const stream = client.stream(call.inputFor(client), call.options(leg, left));
      for await (const part of stream) {
        call.commit();
        yield part;
      }
      return call.credit(await stream.reply);
    } catch (error) {
      call.add(error);
    }
  }
  throw call.failure();
}
