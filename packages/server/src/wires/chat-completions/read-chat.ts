import { checkBody } from "../body/check-body.ts";
import { present } from "../body/guards.ts";
import { answerFormat } from "../openai/answer-format.ts";
import type { WireCall, WireRequest } from "../wire.ts";
import { chatAnswer } from "./chat-answer.ts";
import { ChatEvents } from "./chat-events.ts";
import { type ChatBody, chatForm } from "./chat-form.ts";
import { readMessages } from "./read-messages.ts";
import { readTools } from "./read-tools.ts";

/** @throws {@link InvalidBody} */
export function readChat(given: unknown): WireCall {
  const body = checkBody<ChatBody>(chatForm(), given);
  const { model, stream, stream_options: options } = body;
  const withUsage = options?.include_usage === true;
  return {
    model,
    stream: stream === true,
    request: toRequest(body),
    answer: (reply, made) => chatAnswer(reply, made),
    events: (made) => new ChatEvents({ ...made, asked: model, withUsage }),
  };
}

function toRequest(body: ChatBody): WireRequest {
  const { response_format: format, max_completion_tokens: most, max_tokens: more } = body;
  return {
    messages: readMessages(body.messages),
    ...present({
      temperature: body.temperature,
      topP: neutral(body.top_p, 1),
      topK: body.top_k,
      seed: body.seed,
      stop: stops(body.stop),
      presencePenalty: neutral(body.presence_penalty, 0),
      frequencyPenalty: neutral(body.frequency_penalty, 0),
      maxOutputTokens: neutral(most ?? more, -1),
      reasoning: body.reasoning_effort ?? body.reasoning?.effort,
    }),
    ...(format && answerFormat(format, format.json_schema, "response_format")),
    ...readTools(body),
  };
}

/** Programs send what changes nothing; asked of a route that cannot be told, it would close it. */
function neutral(value: number | null | undefined, nothing: number): number | undefined {
  return value === null || value === nothing ? undefined : value;
}

function stops(stop: ChatBody["stop"]): readonly string[] | undefined {
  if (stop === null || stop === undefined) return undefined;
  const all = (typeof stop === "string" ? [stop] : stop).filter((each) => each !== "");
  return all.length === 0 ? undefined : all;
}
