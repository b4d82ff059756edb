import { isMembers, type Members } from "../body/guards.ts";
import type { MessagesBody } from "./messages-form.ts";

/**
 * Returns how long the vendor is to cache the prompt, if the program marks any part of it. The
 * provider decides where to put the marks, because the prompt that it sends differs from the one in
 * the request.
 */
export function promptCacheOf(body: MessagesBody): "5m" | "1h" | undefined {
  const { system, tools, messages } = body;
  const turns = messages.map(({ content }) => content);
  const lists: readonly unknown[] = [system, tools, ...turns];
  const blocks = lists.flatMap((each): unknown[] => (Array.isArray(each) ? each : []));
  const marks = [body, ...blocks].map(markOf).filter((mark) => mark !== undefined);
  if (marks.length === 0) return undefined;
  return marks.some(({ ttl }) => ttl === "1h") ? "1h" : "5m";
}

function markOf(block: unknown): Members | undefined {
  const mark = isMembers(block) ? block.cache_control : undefined;
  return isMembers(mark) ? mark : undefined;
}
