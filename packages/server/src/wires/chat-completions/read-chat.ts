import type { Message } from "@acc/dual-mode";
import { checkBody } from "../body/check-body.ts";
import { present } from "../body/guards.ts";
import { answerFormat } from "../openai/answer-format.ts";
import { withQuestion } from "../openai/with-question.ts";
import { readItems } from "../responses/read-items.ts";
import type { WireCall, WireRequest } from "../wire.ts";
import { chatAnswer } from "./chat-answer.ts";
import { ChatEvents } from "./chat-events.ts";
import { type ChatBody, chatForm, inputForm } from "./chat-form.ts";
import { readMessages } from "./read-messages.ts";
import { readReasoning } from "./read-reasoning.ts";
import { type ChatTools, readTools } from "./read-tools.ts";

/** @throws {@link InvalidBody} */
export function readChat(given: unknown): WireCall {
  const body = checkBody<ChatBody>(hasInput(given) ? inputForm() : chatForm(), given);
  const { model, stream, stream_options: options } = body;
  const withUsage = options?.include_usage === true;
  const tools = readTools(body);
  const { custom } = tools;
  return {
    model,
    stream: stream === true,
    request: toRequest(body, tools),
    ignored: [...tools.ignored, ...leftOut(body)],
    answer: (reply, made) => chatAnswer(reply, made, custom),
    events: ({ id, created }) => new ChatEvents({ id, created, asked: model, withUsage, custom }),
  };
}

function toRequest(body: ChatBody, { set }: ChatTools): WireRequest {
  const { response_format: format, max_completion_tokens: most, max_tokens: more } = body;
  return {
    messages: messagesOf(body),
    ...(body.instructions && { system: body.instructions }),
    ...present({
      temperature: body.temperature,
      topP: neutral(body.top_p, 1),
      topK: body.top_k && body.top_k > 0 ? body.top_k : undefined,
      seed: body.seed,
      stop: stops(body.stop),
      presencePenalty: neutral(body.presence_penalty, 0),
      frequencyPenalty: neutral(body.frequency_penalty, 0),
      maxOutputTokens: neutral(most ?? more ?? body.max_output_tokens, -1),
      reasoning: readReasoning(body),
    }),
    ...(format && answerFormat(format, format.json_schema, "response_format")),
    ...set,
  };
}

/**
 * Cursor sends the body of responses to this address for some models (icebear0828/codex-proxy#507).
 */
function hasInput(body: unknown): boolean {
  const { input, messages } = Object(body);
  return Boolean(input) && !(Array.isArray(messages) && messages.length > 0);
}

function messagesOf(body: ChatBody): Message[] {
  const { input = [], messages = [] } = body;
  return withQuestion(hasInput(body) ? readItems(input ?? []) : readMessages(messages ?? []));
}

/** Members that would change an answer, but that are passed on to no model. */
function leftOut({ logit_bias: bias, web_search_options: search }: ChatBody): string[] {
  const isBiased = bias !== undefined && bias !== null && Object.keys(bias).length > 0;
  return [...(isBiased ? ["logit_bias"] : []), ...(search ? ["web_search_options"] : [])];
}

/**
 * Leaves out a value that has no effect: programs send such values anyway, and a route that does
 * not support the option would be refused.
 */
function neutral(value: number | null | undefined, nothing: number): number | undefined {
  return value === null || value === nothing ? undefined : value;
}

function stops(stop: ChatBody["stop"]): readonly string[] | undefined {
  if (stop === null || stop === undefined) return undefined;
  const all = (typeof stop === "string" ? [stop] : stop).filter((each) => each !== "");
  return all.length === 0 ? undefined : all;
}
