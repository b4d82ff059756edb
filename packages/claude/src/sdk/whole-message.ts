import { isMembers, type Members, unreadable } from "@acc/dual-mode/provider";
import { toFinishReason } from "../finish-reason.ts";

/** The events that a stream would have had for a message that came whole. */
export function wholeMessage(message: Members): readonly object[] {
  const { content, stop_reason, stop_sequence, usage } = message;
  if (!Array.isArray(content)) throw unreadable("Claude's API", "a message without its content");
  return [
    { type: "message_start", message },
    ...withoutCut(content, stop_reason).flatMap((content_block, index) => [
      { type: "content_block_start", index, content_block },
      { type: "content_block_stop", index },
    ]),
    { type: "message_delta", delta: { stop_reason, stop_sequence }, usage },
    { type: "message_stop" },
  ];
}

/** The API closes a call that its bound of tokens cut: what is missing of its arguments does not show. */
function withoutCut(content: readonly unknown[], stopReason: unknown): readonly unknown[] {
  const last = content.at(-1);
  const isCut = toFinishReason(stopReason) === "length" && isMembers(last);
  return isCut && last.type === "tool_use" ? content.slice(0, -1) : content;
}
