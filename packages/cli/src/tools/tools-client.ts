import {
  type CallOptions,
  type ChatRequest,
  type Client,
  type RunPart,
  type RunToolsOptions,
  runTools,
  type ToolsRun,
} from "@acc/dual-mode";
import type { CallGate } from "./ask-first.ts";

/** The options of a run besides those of a call. */
export type RunWith = Pick<RunToolsOptions, "tools" | "maxSteps">;

/** Wraps a client so that each call also makes the tool calls that the model requests. */
export function toolsClient(client: Client, run: RunWith, gate: CallGate): Client {
  const begin = (input: string | ChatRequest, asked: CallOptions = {}) => {
    const control = new AbortController();
    gate.onRefusal = () => control.abort(gate.refusal);
    const signals = [control.signal, ...(asked.signal ? [asked.signal] : [])];
    const signal = AbortSignal.any(signals);
    return runTools(client, input, { ...asked, ...run, signal });
  };
  return {
    provider: client.provider,
    ...(client.models && { models: client.models }),
    chat: async (input, asked) => {
      try {
        return await begin(input as ChatRequest, asked).reply;
      } catch (error) {
        throw gate.refusal ?? error;
      }
    },
    stream: (input, asked) => streamOf(begin(input as ChatRequest, asked), gate),
    status: () => client.status(),
    listModels: (options) => client.listModels(options),
    close: () => client.close(),
    [Symbol.asyncDispose]: () => client.close(),
  } as Client;
}

/** A stream whose parts include the results of tools and the ends of answers. */
function streamOf(run: ToolsRun, gate: CallGate) {
  return {
    reply: run.reply,
    async *[Symbol.asyncIterator](): AsyncGenerator<RunPart> {
      try {
        yield* run;
      } catch (error) {
        throw gate.refusal ?? error;
      }
    },
  };
}
