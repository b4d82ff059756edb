import { type Content, content } from "../record/content.ts";
import type { Tape } from "./tape.ts";
import { unlessAborted } from "./unless-aborted.ts";

/** Returns what to store for a part; undefined for a part that only current readers see. */
export type Keep = (part: unknown) => unknown;

/** Reads a stream to its regular end, as fast as the tape's fastest reader wants the parts. */
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
    // A producer that ignores the signal is not waited for.
    if (signal.aborted) tape.woundUp = iterator.return?.().catch(() => undefined);
    throw error;
  }
  const value = Object.freeze(kept);
  return obstacle === undefined ? { value, size } : { value, size, obstacle };
}

/**
 * Returns what to store for a part. If the caller's function throws, the readers still get the
 * stream, but it is not stored.
 */
function keptOf(keep: Keep, part: Content): Content | undefined {
  try {
    const stored = keep(part.value);
    if (stored === part.value) return part;
    return stored === undefined ? undefined : content(stored);
  } catch {
    return { ...part, obstacle: "keep threw" };
  }
}
