import { checkBody } from "../body/check-body.ts";
import { isMembers, present, textAt } from "../body/guards.ts";
import { answerSchema } from "../openai/answer-format.ts";
import type { WireCall, WireRequest } from "../wire.ts";
import { messageAnswer } from "./message-answer.ts";
import { MessageEvents } from "./message-events.ts";
import { countForm, type MessagesBody, messagesForm } from "./messages-form.ts";
import { promptCacheOf } from "./prompt-cache.ts";
import { readThinking, wantsThoughts } from "./read-thinking.ts";
import { type MessagesTools, readTools } from "./read-tools.ts";
import { readTurns } from "./read-turns.ts";

/** @throws {@link InvalidBody} */
export function readMessages(given: unknown): WireCall {
  const body = checkBody<MessagesBody>(messagesForm(), given);
  const { stream } = body;
  const model = body.model.replace(longContext, "");
  const withThoughts = wantsThoughts(body);
  const promptCache = promptCacheOf(body);
  const tools = readTools(body);
  return {
    model,
    stream: stream === true,
    ...(promptCache !== undefined && { promptCache }),
    ignored: tools.ignored,
    request: { ...toRequest(body, tools), maxOutputTokens: Math.floor(body.max_tokens) },
    answer: (reply, { id }) => messageAnswer(reply, id, withThoughts),
    events: ({ id, inputTokens }) =>
      new MessageEvents({ id, asked: model, withThoughts, inputTokens }),
  };
}

/**
 * A suffix by which Claude Code notes for itself how much context the model has
 * (Wei-Shaw/sub2api#4505).
 */
const longContext = /(\[1m\])+$/i;

/** Reads a request whose tokens are to be counted. */
export function readCount(given: unknown): WireRequest {
  const body = checkBody<MessagesBody>(countForm(), given);
  return toRequest(body, readTools(body));
}

function toRequest(body: MessagesBody, { set }: MessagesTools): WireRequest {
  const stop = (body.stop_sequences ?? []).filter((each) => each !== "");
  const system = systemOf(body.system);
  return {
    messages: readTurns(body.messages),
    ...(system !== "" && { system }),
    ...present({
      temperature: body.temperature,
      topP: body.top_p === 1 ? undefined : body.top_p,
      topK: body.top_k && body.top_k > 0 ? body.top_k : undefined,
      stop: stop.length > 0 ? stop : undefined,
    }),
    ...schemaOf(body),
    ...readThinking(body),
    ...set,
  };
}

/**
 * The start of a block for billing, which Claude Code puts first. It changes with each call, so no
 * answer would be found in the cache, and it is meant for the vendor alone.
 */
const billing = /^x-anthropic-billing-header:/;

function systemOf(system: MessagesBody["system"]): string {
  if (system === null || system === undefined) return "";
  if (typeof system === "string") return system;
  const texts = system.map(({ text }, index) => textAt(text, `system[${index}].text`));
  return texts.filter((text) => !billing.test(text)).join("\n\n");
}

function schemaOf({ output_config: config, output_format: old }: MessagesBody) {
  const format = (isMembers(config) ? config.format : undefined) ?? old;
  const isSchema = isMembers(format) && format.type === "json_schema" && isMembers(format.schema);
  return isSchema ? answerSchema(format.schema as Readonly<Record<string, unknown>>) : {};
}
