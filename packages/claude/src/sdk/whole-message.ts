import { isMembers, type Members, unreadable } from "@acc/dual-mode/provider";
import { toFinishReason } from "../finish-reason.ts";

/** Converts a message that came as a whole to the events of a stream. */
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

/**
 * Leaves out a call that was cut off at the token limit: the API closes it, so the missing
 * arguments cannot be noticed.
 */
function withoutCut(content: readonly unknown[], stopReason: unknown): readonly unknown[] {
  const last = content.at(-1);
  const isCut = toFinishReason(stopReason) === "length" && isMembers(last);
  return isCut && last.type === "tool_use" ? content.slice(0, -1) : content;
}
