import {
  type CanonicalRequest,
  checkMedia,
  checkToolNames,
  closedSchema,
  DualModeError,
  type Tool,
  withVendorMembers,
} from "@acc/dual-mode/provider";
import type OpenAI from "openai";
import { fixedMembers } from "../../fixed-members.ts";
import { isReasoningModel, toEffort } from "../../reasoning-model.ts";
import { isStrictSchema } from "../../strict-schema.ts";
import { toolNames } from "../../tool-names.ts";
import { responsesMedia } from "../media.ts";
import { chatAlone } from "../which-api.ts";
import { toInput } from "./input.ts";

type Body = OpenAI.Responses.ResponseCreateParamsStreaming;
type Item = OpenAI.Responses.ResponseInputItem;

/** Converts a request for streaming Responses. Nothing is stored at OpenAI. */
export function toBody(request: CanonicalRequest): Body {
  const { model, system, temperature, topP, maxOutputTokens, tools, toolChoice } = request;
  checkToolNames(tools, toolNames, "OpenAI");
  checkMedia(request.messages, responsesMedia, "OpenAI");
  refuseUncarried(request);
  const body: Body = {
    model,
    input: withWordOfJson(toInput(request.messages, model), request.json),
    stream: true,
    store: false,
    ...(isReasoningModel(model) && { include: ["reasoning.encrypted_content"] }),
    ...(system !== undefined && { instructions: system }),
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { top_p: topP }),
    ...(maxOutputTokens !== undefined && { max_output_tokens: maxOutputTokens }),
    ...toReasoning(request),
    ...toFormat(request),
    ...(tools !== undefined && { tools: tools.map(toTool) }),
    ...(toolChoice !== undefined && { tool_choice: toChoice(toolChoice) }),
    ...(request.parallelTools === false && { parallel_tool_calls: false }),
  };
  return withVendorMembers(body, request.vendor, fixedMembers);
}

/**
 * Adds the word JSON: without a schema, the API refuses JSON output if no message of the input
 * contains the word.
 */
function withWordOfJson(input: Item[], json: true | undefined): Item[] {
  if (!json || /json/i.test(JSON.stringify(input))) return input;
  return [{ role: "system", content: "Answer in JSON." }, ...input];
}

/**
 * Refuses what Responses does not support, if the caller chose this API; otherwise such a request
 * uses chat completions.
 */
function refuseUncarried(request: CanonicalRequest): void {
  const uncarried = chatAlone.find((name) => request[name] !== undefined);
  if (uncarried === undefined) return;
  const said = `request.${uncarried}: OpenAI's Responses API does not have it.`;
  throw new DualModeError("UNSUPPORTED_FEATURE", said, {
    fix: `Leave it out, or set the option api to "chat".`,
  });
}

/**
 * Requests summaries only together with thinking, because organizations that are not verified get
 * none.
 */
function toReasoning({ model, reasoning }: CanonicalRequest): Pick<Body, "reasoning"> {
  if (reasoning === undefined) return {};
  const effort = toEffort(model, reasoning) as OpenAI.ReasoningEffort;
  return { reasoning: { effort, ...(effort !== "none" && { summary: "auto" }) } };
}

function toFormat({ schema, schemaName, json }: CanonicalRequest): Pick<Body, "text"> {
  if (json) return { text: { format: { type: "json_object" } } };
  if (schema === undefined) return {};
  const named = { name: schemaName ?? "answer", schema, strict: isStrictSchema(schema) };
  return { text: { format: { type: "json_schema", ...named } } };
}

/** Sets `strict` always, because its default is true. */
function toTool({ name, description, inputSchema, strict }: Tool): OpenAI.Responses.FunctionTool {
  const parameters = { type: "object", properties: {}, ...inputSchema };
  const at = `request.tools: the inputSchema of "${name}"`;
  const closed = { who: "A strict tool of OpenAI", at, everyRequired: true };
  return {
    type: "function",
    name,
    ...(description !== undefined && { description }),
    parameters: strict === true ? closedSchema(parameters, closed) : parameters,
    strict: strict === true,
  };
}

function toChoice(
  choice: NonNullable<CanonicalRequest["toolChoice"]>,
): NonNullable<Body["tool_choice"]> {
  return typeof choice === "string" ? choice : { type: "function", name: choice.tool };
}
