/**
 * Returns a unique id for a tool call without one: the ids of a conversation must differ over all
 * its turns, whoever made them.
 */
export function newCallId(): string {
  return `call_${crypto.randomUUID().replaceAll("-", "").slice(0, 24)}`;
}
