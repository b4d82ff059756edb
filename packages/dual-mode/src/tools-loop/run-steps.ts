import type { CallOptions } from "../contract/call-options.ts";
import type { Client } from "../contract/client.ts";
import type { Part } from "../contract/part.ts";
import type { Reply } from "../contract/reply.ts";
import type { ChatRequest } from "../contract/request.ts";
import { withAttempts, withEarlier } from "../engine/with-attempts.ts";
import { DualModeError } from "../error.ts";
import { callTools } from "./call-tools.ts";
import { checkedRun } from "./checked-run.ts";
import type { RunPart, RunReply } from "./contract.ts";
import type { GivenRun } from "./given-run.ts";
import { pendingCalls } from "./pending-calls.ts";
import { boundRun } from "./run-bounds.ts";
import { runReply } from "./run-reply.ts";

/** Runs the steps: an answer, its tool calls, the next answer. */
export async function* runSteps(
  given: GivenRun,
  looped: boolean,
  control: AbortController,
): AsyncGenerator<RunPart, RunReply> {
  const { client, messages } = given;
  const { request, tools, maxSteps, asked } = checkedRun(given);
  const bounds = boundRun(asked, control);
  const { signal } = control;
  const steps: Reply[] = [];
  try {
    messages.push(...request.messages);
    yield* callTools(pendingCalls(messages), tools, messages, signal);
    for (;;) {
      const next = { ...(steps.length > 0 ? unforced(request) : request), messages: [...messages] };
      const how = { ...asked, signal };
      const reply = looped ? yield* streamed(client, next, how) : await client.chat(next, how);
      steps.push(reply);
      messages.push({ role: "assistant", content: reply.content });
      const calls = isCut(reply) ? [] : reply.toolCalls;
      const last = calls.length === 0 || steps.length >= maxSteps;
      yield { type: "step", step: steps.length, reply, last };
      if (last) return runReply(steps, [...messages]);
      yield* callTools(calls, tools, messages, signal);
    }
  } catch (error) {
    const tried = DualModeError.is(error) ? error.attempts : [];
    const ended = signal.aborted ? withAttempts(signal.reason, tried) : error;
    throw withEarlier(
      ended,
      steps.flatMap(({ attempts }) => attempts),
    );
  } finally {
    bounds.end();
  }
}

async function* streamed(
  client: Client,
  request: ChatRequest,
  asked: CallOptions,
): AsyncGenerator<Part, Reply> {
  const stream = client.stream(request, asked);
  yield* stream;
  return await stream.reply;
}

/**
 * A forced tool call is only forced once, even by a client's defaults: otherwise the run would
 * never end.
 */
function unforced(request: ChatRequest): ChatRequest {
  return request.toolChoice === "none" ? request : { ...request, toolChoice: "auto" };
}

/** Whether the answer was cut: the model may have wanted further calls, which are not known. */
function isCut({ finishReason }: Reply): boolean {
  return finishReason === "length" || finishReason === "content-filter";
}
