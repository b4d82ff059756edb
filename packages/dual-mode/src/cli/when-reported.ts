import type { CommandPlan } from "./command.ts";
import { readEnd } from "./read-end.ts";

/** Milliseconds between two looks at a report: the command's end is some tens of them away. */
const pause = 5;

/** Looks at a command's report until it says all, and gives what ends that. */
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
