import { CallStream } from "../client/reply-stream.ts";
import type { Client } from "../contract/client.ts";
import type { ChatRequest, Message } from "../contract/request.ts";
import type { RunPart, RunReply, RunToolsOptions, ToolsRun } from "./contract.ts";
import type { GivenRun } from "./given-run.ts";

/**
 * Asks the model, makes all tool calls of its answer at once, and asks again with their results,
 * until the model calls no more tools or has answered `maxSteps` times. If the conversation ends
 * with calls without results, it begins by making those.
 *
 * A loop over the run gets the parts of each answer as they arrive. If only the reply is awaited,
 * an answer that fails in the middle can be asked for again, as in `chat`. `timeout` limits the
 * whole run if it is a number or has a `total`.
 *
 * @throws {@link DualModeError} from the loop and the reply, as in a call; `INVALID_REQUEST` if
 * tools and functions do not match
 */
export function runTools<T = unknown>(
  client: Client,
  input: string | ChatRequest<T>,
  options: RunToolsOptions,
): ToolsRun<T> {
  const messages: Message[] = [];
  let stream: CallStream<RunPart, RunReply> | undefined;
  const begun = (looped: boolean) => {
    stream ??= new CallStream((control) =>
      start({ client, input, options, messages }, looped, control),
    );
    return stream;
  };
  return {
    messages,
    get reply(): PromiseLike<RunReply<T>> {
      const reply = () => begun(false).reply as PromiseLike<RunReply<T>>;
      // biome-ignore lint/suspicious/noThenProperty: a lazy promise, as that of a stream.
      return { then: (resolve, reject) => reply().then(resolve, reject) };
    },
    [Symbol.asyncIterator]: () => begun(true)[Symbol.asyncIterator](),
  };
}

async function* start(
  given: GivenRun,
  looped: boolean,
  control: AbortController,
): AsyncGenerator<RunPart, RunReply> {
  const { runSteps } = await import("./run-steps.ts");
  return yield* runSteps(given, looped, control);
}
