import type { CommandPlan } from "./command.ts";
import { readEnd } from "./read-end.ts";

/** Milliseconds between two checks of a report: the command ends some tens of ms after it. */
const pause = 5;

/** Checks a command's report until it is complete, and returns a function that stops it. */
export function whenReported(
  { expendable, report, isReported }: CommandPlan,
  reported: () => void,
): () => void {
  if (!expendable || report === undefined || isReported === undefined) return () => {};
  const timer = setInterval(() => {
    const word = readEnd(report);
    if (word === undefined || !isReported(word)) return;
    clearInterval(timer);
    reported();
  }, pause);
  return () => clearInterval(timer);
}
