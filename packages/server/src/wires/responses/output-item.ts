import type { Source } from "@acc/dual-mode";
import type { ToolName } from "./tool-names.ts";

/** The output items of a response, while they are being written and when they are complete. */

export type ItemStatus = "in_progress" | "completed" | "incomplete";

export function messageItem(id: string, status: ItemStatus, content: readonly object[]): object {
  return { id, type: "message", status, role: "assistant", content };
}

/** `logprobs` is always present, because a client reads its length. */
export function outputText(text: string, sources: readonly Source[]): object {
  return { type: "output_text", annotations: sources.flatMap(annotation), logprobs: [], text };
}

function annotation({ url, title = "" }: Source): object[] {
  if (url === undefined) return [];
  return [{ type: "url_citation", url, title, start_index: 0, end_index: 0 }];
}

export function reasoningItem(
  id: string,
  status: ItemStatus,
  text: string | undefined,
  signature: string | undefined,
): object {
  const summary = text ? [{ type: "summary_text", text }] : [];
  return { id, type: "reasoning", status, summary, encrypted_content: signature ?? null };
}

/** A tool call, begun or complete. */
export interface CalledTool extends ToolName {
  readonly id: string;
  readonly callId: string;
  /** JSON of a function's arguments, or the text of a custom tool's input. */
  readonly input: string;
}

export function callItem(call: CalledTool, status: ItemStatus): object {
  const { id, callId, name, namespace, input, isCustom } = call;
  const group = namespace === undefined ? {} : { namespace };
  const of = { id, status, call_id: callId, name, ...group };
  if (isCustom) return { ...of, type: "custom_tool_call", input };
  return { ...of, type: "function_call", arguments: input };
}
