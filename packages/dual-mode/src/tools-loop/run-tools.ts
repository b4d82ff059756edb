import { CallStream } from "../client/reply-stream.ts";
import type { Client } from "../contract/client.ts";
import type { ChatRequest, Message } from "../contract/request.ts";
import type { RunPart, RunReply, RunToolsOptions, ToolsRun } from "./contract.ts";
import type { GivenRun } from "./given-run.ts";

/**
 * Asks the model, makes the calls that it wishes, all of an answer at once, and asks again with what
 * they came to, until it calls no more or has answered `maxSteps` times. A conversation that ends with
 * calls that have no result begins with making them.
 *
 * A loop over the run gets the parts of each answer as they come. Who awaits its reply alone lets each
 * answer be asked for again after a fault in its middle, as `chat` does. `timeout` bounds the whole run
 * where it is a number or has a `total`.
 *
 * @throws {@link DualModeError} from the loop and the reply, as a call; `INVALID_REQUEST` where tools
 * and functions do not go together
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
