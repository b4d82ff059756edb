/**
 * An id for a tool call to which the vendor gave none: unlike any other, for the ids of a
 * conversation must differ over all its turns, whoever made them.
 */
export function newCallId(): string {
  return `call_${crypto.randomUUID().replaceAll("-", "").slice(0, 24)}`;
}
