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

/** What runs need besides a call's own options. */
export type RunWith = Pick<RunToolsOptions, "tools" | "maxSteps">;

/** The same client, each call of which makes the calls of tools that the model wishes. */
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

/** Its parts are those of a stream, its results, and the ends of its answers. */
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
