import { processWide } from "../host/process-wide.ts";

/** Runs that end behind their answer, by what settles when nothing of one is left, and whose they are. */
const ending: Map<Promise<void>, object> = processWide("runs-ending", () => new Map());

/** The run has answered and is killed; its owner's end waits until nothing of it is left. */
export function endBehind(owner: object, closing: Promise<void>): void {
  const gone = () => ending.delete(closing);
  ending.set(closing, owner);
  void closing.then(gone, gone);
}

/** Settles when nothing is left of those of an owner. */
export async function endingOf(owner: object): Promise<void> {
  await Promise.all([...ending].flatMap(([closing, whose]) => (whose === owner ? [closing] : [])));
}
