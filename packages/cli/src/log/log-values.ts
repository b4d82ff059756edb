import { logFiles } from "./read-log.ts";

/** The ids of the conversations, for a shell's completion. */
export function conversationIds(): readonly string[] {
  return logFiles().map(({ conversation }) => conversation);
}
