import type { Message, ToolCall } from "../contract/request.ts";
import { unlessAborted } from "../engine/timers.ts";
import { callTool } from "./call-tool.ts";
import type { ToolFunction, ToolResultPart } from "./contract.ts";

/**
 * Makes all calls of an answer at once, and yields each result as it arrives. The conversation gets
 * the results in the order of the calls; if the run is aborted, it gets those that had arrived.
 */
export async function* callTools(
  calls: readonly ToolCall[],
  tools: Readonly<Record<string, ToolFunction>>,
  messages: Message[],
  signal: AbortSignal,
): AsyncGenerator<ToolResultPart, void> {
  const results: (ToolResultPart | undefined)[] = calls.map(() => undefined);
  const open = new Map(
    calls.map((call, index) => [
      index,
      callTool(call, tools, signal).then((result) => ({ index, result })),
    ]),
  );
  try {
    while (open.size > 0) {
      const { index, result } = await unlessAborted(signal, Promise.race(open.values()));
      open.delete(index);
      results[index] = result;
      yield result;
    }
  } finally {
    messages.push(...results.flatMap((result) => (result ? [messageOf(result)] : [])));
  }
}

function messageOf({ id, content, isError }: ToolResultPart): Message {
  return { role: "tool", toolCallId: id, content, ...(isError && { isError }) };
}
