import { checkBody } from "../body/check-body.ts";
import { present } from "../body/guards.ts";
import { answerFormat } from "../openai/answer-format.ts";
import { effortOf } from "../openai/effort.ts";
import { withQuestion } from "../openai/with-question.ts";
import type { WireCall, WireRequest } from "../wire.ts";
import { readItems } from "./read-items.ts";
import { type ResponsesTools, readTools } from "./read-tools.ts";
import { responseAnswer } from "./response-answer.ts";
import { ResponseEvents } from "./response-events.ts";
import { countForm, type ResponsesBody, responsesForm } from "./responses-form.ts";

/** @throws {@link InvalidBody} */
export function readResponses(given: unknown): WireCall {
  const body = checkBody<ResponsesBody>(responsesForm(), given);
  const tools = readTools(body);
  const { names, ignored } = tools;
  return {
    model: body.model,
    stream: body.stream === true,
    request: toRequest(body, tools),
    ignored,
    answer: (reply, made) => responseAnswer(reply, { ...made, body, names }),
    events: (made) => new ResponseEvents({ ...made, body, names }),
  };
}

/** Reads a request whose tokens are to be counted. */
export function readCount(given: unknown): WireRequest {
  const body = checkBody<ResponsesBody>(countForm(), given);
  const counted = { ...body, input: body.input ?? [] };
  return toRequest(counted, readTools(counted));
}

function toRequest(body: ResponsesBody, { set }: ResponsesTools): WireRequest {
  const { instructions, text, reasoning } = body;
  const format = text?.format;
  return {
    messages: withQuestion(readItems(body.input)),
    ...(instructions && { system: instructions }),
    ...present({
      temperature: body.temperature,
      topP: body.top_p === 1 ? undefined : body.top_p,
      maxOutputTokens: body.max_output_tokens,
      reasoning: effortOf(reasoning?.effort),
    }),
    ...(format && answerFormat(format, format, "text.format")),
    ...set,
  };
}
