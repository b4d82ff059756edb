import type { MatrixCase } from "./cases.ts";
import type { Outcome } from "./run-case.ts";

/** Milliseconds that a call may end behind its deadline: a process group has to be ended first. */
const slack = 3_000;

/** What is wrong with an outcome; nothing where it is as design.md has it. */
export function judge(item: MatrixCase, { reply, error, ms }: Outcome): string | undefined {
  const { code, mode, next, vendor } = item;
  const attempts = reply?.attempts ?? error?.attempts ?? [];
  const story = attempts
    .map((each) => `${each.mode}/${each.credential}:${each.code ?? "ok"}`)
    .join(" ");
  const wrong = (what: string) => `${what} (${reply ? "reply" : error?.code}: ${story})`;
  const total =
    typeof item.call?.timeout === "object" ? item.call.timeout.total : item.call?.timeout;
  if (ms > (total ?? 8_000) + slack) return wrong(`took ${ms} ms`);
  if (next === "thrown at once") {
    if (error?.code !== code) return wrong(`not thrown as ${code}`);
    const failed = attempts.filter((each) => each.ms > 0 && each.code !== code);
    return failed.length > 0 ? wrong("tried something else") : undefined;
  }
  if (next === "not begun, listed") {
    const listed = attempts.some(
      (each) => each.mode === mode && each.code === code && each.ms === 0,
    );
    return error?.code === code && listed ? undefined : wrong("not listed");
  }
  const failed = attempts.filter((each) => each.code !== undefined);
  const times =
    { "again, then another route": 2, "not begun, another route": 0 }[next as string] ?? 1;
  if (reply && failed.length !== times) return wrong(`failed ${failed.length} times, not ${times}`);
  if (failed.some((each) => each.mode !== mode || each.code !== code))
    return wrong("another failure");
  if (vendor === "claude" || code === "SDK_NOT_INSTALLED") {
    return reply?.text === "right" ? undefined : wrong("not answered by another route");
  }
  return error?.code === code && failed.length === times
    ? undefined
    : wrong("not ended after its only route");
}
