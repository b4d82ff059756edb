import { type Content, content } from "../record/content.ts";
import type { Tape } from "./tape.ts";
import { unlessAborted } from "./unless-aborted.ts";

/** What belongs to the value of a part: nothing of one that is only for those who read along. */
export type Keep = (part: unknown) => unknown;

/** Reads a stream to its clean end, as fast as the fastest reader of the tape wants it. */
export async function recordStream(
  stream: AsyncIterable<unknown>,
  tape: Tape,
  signal: AbortSignal,
  keep: Keep = (part) => part,
): Promise<Content> {
  const iterator = stream[Symbol.asyncIterator]();
  const kept: unknown[] = [];
  let size = 0;
  let obstacle: string | undefined;
  try {
    for (;;) {
      await unlessAborted(signal, tape.demand());
      const step = await unlessAborted(signal, iterator.next());
      if (step.done) break;
      const part = content(step.value);
      tape.append(part.value);
      const stored = keptOf(keep, part);
      if (stored === undefined) continue;
      kept.push(stored.value);
      size += stored.size;
      obstacle ??= stored.obstacle;
    }
  } catch (error) {
    // A producer that does not heed the signal is left behind, not waited for.
    if (signal.aborted) tape.woundUp = iterator.return?.().catch(() => undefined);
    throw error;
  }
  const value = Object.freeze(kept);
  return obstacle === undefined ? { value, size } : { value, size, obstacle };
}

/** Where the caller's own function fails, its readers shall have the stream all the same. */
function keptOf(keep: Keep, part: Content): Content | undefined {
  try {
    const stored = keep(part.value);
    if (stored === part.value) return part;
    return stored === undefined ? undefined : content(stored);
  } catch {
    return { ...part, obstacle: "keep threw" };
  }
}
