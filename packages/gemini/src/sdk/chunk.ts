import { givenText, isMembers, type Members, unreadable } from "@acc/dual-mode/provider";

export const who = "Gemini's API";

/** A chunk of the stream, as far as it is read, with validated members. */
export interface Chunk {
  readonly id: string | undefined;
  readonly model: string | undefined;
  readonly parts: readonly Members[];
  /** Contains the sources of the answer. */
  readonly candidate: Members;
  readonly finishReason: string | undefined;
  /** Why the prompt was refused. */
  readonly blockReason: string | undefined;
  /** As the API sent it. */
  readonly usage: unknown;
}

/** @throws {@link DualModeError} `INVALID_OUTPUT` */
export function toChunk(sent: unknown): Chunk {
  if (!isMembers(sent)) throw unreadable(who, "an event that is not an object");
  const { responseId, modelVersion, promptFeedback, usageMetadata, candidates } = sent;
  const [candidate = {}] = listOf(candidates, "candidate");
  const content = candidate.content ?? {};
  if (!isMembers(content)) throw unreadable(who, "content that is not an object");
  return {
    id: givenText(responseId),
    model: givenText(modelVersion),
    parts: listOf(content.parts, "part"),
    candidate,
    finishReason: known(candidate.finishReason),
    blockReason: isMembers(promptFeedback) ? known(promptFeedback.blockReason) : undefined,
    usage: usageMetadata,
  };
}

function listOf(value: unknown, what: string): readonly Members[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw unreadable(who, `${what}s that are not a list`);
  if (value.every(isMembers)) return value;
  throw unreadable(who, `a ${what} that is not an object`);
}

/** Returns a reason, unless it is the value for an absent one in protocol buffers. */
function known(reason: unknown): string | undefined {
  const said = givenText(reason);
  return said?.endsWith("_UNSPECIFIED") ? undefined : said;
}
