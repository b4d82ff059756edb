import type { OpenConversation } from "./open-texts.ts";

/** A conversation as a document for other programs. */
export function documentOf({ id, turns }: OpenConversation) {
  return {
    id,
    turns: turns.map(({ facts: { v: _, ...facts }, texts, closed }) => ({
      ...facts,
      ...(texts ? { flags: texts.flags, messages: texts.messages } : { texts: closed }),
    })),
  };
}
