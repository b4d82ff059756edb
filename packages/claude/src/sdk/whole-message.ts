import { type Members, unreadable } from "@acc/dual-mode/provider";

/** The events that a stream would have had for a message that came whole. */
export function wholeMessage(message: Members): readonly object[] {
  const { content, stop_reason, usage } = message;
  if (!Array.isArray(content)) throw unreadable("Claude's API", "a message without its content");
  return [
    { type: "message_start", message },
    ...content.flatMap((content_block, index) => [
      { type: "content_block_start", index, content_block },
      { type: "content_block_stop", index },
    ]),
    { type: "message_delta", delta: { stop_reason }, usage },
    { type: "message_stop" },
  ];
}
