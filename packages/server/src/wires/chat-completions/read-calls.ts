import type { ToolCallContent } from "@acc/dual-mode";
import { isMembers, listAt, type Members, membersAt, textAt, unknownType } from "../body/guards.ts";
import { toolArguments } from "../body/tool-arguments.ts";

/** The id of the last call of each function, which an answer of the old form names alone. */
export type CallsByName = Map<string, string>;

/** The calls of an assistant's message, in the present form and the one before it. */
export function readCalls(message: Members, at: string, calls: CallsByName): ToolCallContent[] {
  const { tool_calls: many, function_call: one } = message;
  const read = many
    ? listAt(many, `${at}.tool_calls`).map((call, index) => {
        const here = `${at}.tool_calls[${index}]`;
        return toCall(membersAt(call, here), here);
      })
    : [];
  if (isMembers(one)) {
    const id = `call_${calls.size}_${read.length}`;
    read.push(calledFunction(id, one, `${at}.function_call`));
  }
  for (const { name, id } of read) calls.set(name, id);
  return read;
}

function toCall(call: Members, at: string): ToolCallContent {
  const { id, type = "function", extra_content: extra } = call;
  if (type !== "function") throw unknownType(type, at, ["function"]);
  const called = membersAt(call.function, `${at}.function`);
  const read = calledFunction(textAt(id, `${at}.id`), called, `${at}.function`);
  const signature = signatureIn(extra);
  return signature === undefined ? read : { ...read, signature };
}

function calledFunction(id: string, called: Members, at: string): ToolCallContent {
  const name = textAt(called.name, `${at}.name`);
  return { type: "tool-call", id, name, input: toolArguments(called.arguments) };
}

/** What this server put beside a call, where the program sends it back. */
function signatureIn(extra: unknown): string | undefined {
  const own = isMembers(extra) ? extra.acc : undefined;
  const signature = isMembers(own) ? own.signature : undefined;
  return typeof signature === "string" ? signature : undefined;
}

/** What goes beside a call, so that it comes back with it. */
export function withSignature(signature: string | undefined): object {
  return signature === undefined ? {} : { extra_content: { acc: { signature } } };
}
