import {
  type CanonicalRequest,
  checkMedia,
  checkToolNames,
  closedSchema,
  DualModeError,
  withVendorMembers,
} from "@acc/dual-mode/provider";
import type Anthropic from "@anthropic-ai/sdk";
import { media } from "./media.ts";
import { toMessages, toolNames } from "./messages.ts";
import { thinks, toThinking } from "./thinking.ts";
import { toTools } from "./tools.ts";

export type Body = Anthropic.MessageCreateParamsStreaming;

/** The API requires a limit; this is the CLI's default. */
const maxOutputTokens = 32_000;

/** Members that the caller cannot set. The SDK would send the last two as headers. */
const fixed = ["model", "messages", "stream", "user_profile_id", "workspace_id"];

/** Converts a request for the streaming Messages API. */
export function toBody(request: CanonicalRequest): Body {
  const { model, reasoning, vendor } = request;
  checkToolNames(request.tools, toolNames, "Claude");
  checkStop(request.stop);
  checkMedia(request.messages, media, "Claude");
  const max_tokens = request.maxOutputTokens ?? maxOutputTokens;
  const messages = toMessages(request.messages, model, thinks(model, reasoning));
  const { effort, thinking } = toThinking(model, reasoning, max_tokens, messages);
  const format = toFormat(request);
  const output: Anthropic.OutputConfig = {
    ...(effort !== undefined && { effort }),
    ...(format !== undefined && { format }),
  };
  const body: Body = {
    model,
    max_tokens,
    messages,
    stream: true,
    ...(request.system !== undefined && { system: request.system }),
    ...(request.stop !== undefined && { stop_sequences: [...request.stop] }),
    ...toTools(request, messages),
    ...(thinking !== undefined && { thinking }),
    ...(Object.keys(output).length > 0 && { output_config: output }),
  };
  return withVendorMembers(body, vendor, { provider: "claude", fixed });
}

/** Puts the schema's name into its title, because the API has no member for it. */
function toFormat({
  schema,
  schemaName,
}: CanonicalRequest): Anthropic.JSONOutputFormat | undefined {
  if (schema === undefined) return undefined;
  const named = { ...(schemaName !== undefined && { title: schemaName }), ...schema };
  const rules = { who: "Claude", at: "request.schema" };
  return { type: "json_schema", schema: closedSchema(named, rules) };
}

/** Refuses a stop sequence of only white space: the API does not accept it, although others do. */
function checkStop(stop: readonly string[] = []): void {
  const blank = stop.findIndex((each) => each.trim() === "");
  if (blank === -1) return;
  const said = `request.stop[${blank}]: Claude takes no stop sequence of white space alone.`;
  throw new DualModeError("UNSUPPORTED_FEATURE", said, { fix: "Stop at a word, or leave it out." });
}
