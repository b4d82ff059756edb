import type { ToolCallContent } from "@acc/dual-mode";
import { isMembers, listAt, type Members, membersAt, textAt, unknownType } from "../body/guards.ts";
import { toolArguments } from "../body/tool-arguments.ts";
import type { CallIds } from "../openai/call-ids.ts";

/** Reads the calls of an assistant's message: `tool_calls`, or the older `function_call`. */
export function readCalls(message: Members, at: string, ids: CallIds): ToolCallContent[] {
  const { tool_calls: many, function_call: one } = message;
  const read = many
    ? listAt(many, `${at}.tool_calls`).map((call, index) => {
        const here = `${at}.tool_calls[${index}]`;
        return toCall(membersAt(call, here), here, ids);
      })
    : [];
  if (isMembers(one)) read.push(called(undefined, one, `${at}.function_call`, ids));
  return read;
}

function toCall(call: Members, at: string, ids: CallIds): ToolCallContent {
  const { id, extra_content: extra } = call;
  const type = call.type || "function";
  if (type !== "function" && type !== "custom") {
    throw unknownType(type, at, ["function", "custom"]);
  }
  const read = called(id, membersAt(call[type], `${at}.${type}`), `${at}.${type}`, ids);
  const signature = signatureIn(extra);
  return signature === undefined ? read : { ...read, signature };
}

/** Reads a call. The text for a custom tool becomes the member `input`. */
function called(id: unknown, call: Members, at: string, ids: CallIds): ToolCallContent {
  const name = textAt(call.name, `${at}.name`);
  const isCustom = typeof call.input === "string" && call.arguments === undefined;
  const input = isCustom ? { input: call.input } : toolArguments(call.arguments);
  return { type: "tool-call", id: ids.called(id, name), name, input };
}

/** Returns the signature that this server added to a call, if the program sends it back. */
function signatureIn(extra: unknown): string | undefined {
  const own = isMembers(extra) ? extra.acc : undefined;
  const signature = isMembers(own) ? own.signature : undefined;
  return typeof signature === "string" ? signature : undefined;
}

/** Returns what is added to a call so that programs send its signature back. */
export function withSignature(signature: string | undefined): object {
  return signature === undefined ? {} : { extra_content: { acc: { signature } } };
}
