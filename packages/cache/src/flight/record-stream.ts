import { type Content, content } from "../record/content.ts";
import type { Tape } from "./tape.ts";
import { unlessAborted } from "./unless-aborted.ts";

/** Whether a part belongs to the value, and is not only for those who read along. */
export type Keeps = (part: unknown) => boolean;

/** Reads a stream to its clean end, as fast as the fastest reader of the tape wants it. */
export async function recordStream(
  stream: AsyncIterable<unknown>,
  tape: Tape,
  signal: AbortSignal,
  keeps: Keeps = () => true,
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
      const isKept = asked(keeps, part.value);
      if (isKept === undefined) obstacle ??= "keeps threw";
      if (isKept === false) continue;
      kept.push(part.value);
      size += part.size;
      obstacle ??= part.obstacle;
    }
  } catch (error) {
    // A producer that does not heed the signal is left behind, not waited for.
    if (signal.aborted) tape.woundUp = iterator.return?.().catch(() => undefined);
    throw error;
  }
  const value = Object.freeze(kept);
  return obstacle === undefined ? { value, size } : { value, size, obstacle };
}

/** Undefined where the caller's own function fails: its readers shall have the stream all the same. */
function asked(keeps: Keeps, part: unknown): boolean | undefined {
  try {
    return keeps(part);
  } catch {
    return undefined;
  }
}
