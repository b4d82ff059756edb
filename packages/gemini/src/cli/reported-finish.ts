import type { FinishReason } from "@acc/dual-mode/provider";

const reasons: ReadonlyMap<string, FinishReason> = new Map([
  ["stop", "stop"],
  ["length", "length"],
  ["content_filter", "content-filter"],
]);

/**
 * Reads the finish reason from the CLI's report of the run, because no event contains it. Each
 * piece of the answer has one, and the last is the model's.
 */
export function reportedFinish(report: string | undefined): FinishReason | undefined {
  const list = /"finish_reasons":\s*\[([^\]]*)\]/.exec(report ?? "")?.[1];
  const last = list?.match(/"\w+"/g)?.at(-1);
  return last === undefined ? undefined : reasons.get(last.slice(1, -1));
}
