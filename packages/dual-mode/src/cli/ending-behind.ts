import { processWide } from "../host/process-wide.ts";

/**
 * Owners of runs that are still ending after their answer, by the promise that settles when nothing
 * of the run is left.
 */
const ending: Map<Promise<void>, object> = processWide("runs-ending", () => new Map());

/**
 * Registers a run that has answered and is being killed; its owner's `close()` waits until nothing
 * of it is left.
 */
export function endBehind(owner: object, closing: Promise<void>): void {
  const gone = () => ending.delete(closing);
  ending.set(closing, owner);
  void closing.then(gone, gone);
}

/** Settles when nothing is left of an owner's ending runs. */
export async function endingOf(owner: object): Promise<void> {
  await Promise.all([...ending].flatMap(([closing, whose]) => (whose === owner ? [closing] : [])));
}
