import type { Attempt } from "../contract/reply.ts";
import { DualModeError } from "../error.ts";
import { foreignText } from "../text/foreign-text.ts";
import type { Skipped } from "./plan.ts";

/** Of each route in the list, in UTF-16 units; its attempt has the whole. */
const longestReason = 600;

/** The error that lists every route: those tried, and those that could not be, each with its way out. */
export function allRoutesFailed(
  target: { readonly provider: string; readonly model: string },
  tried: readonly Attempt[],
  skipped: readonly Skipped[],
  cause: unknown,
): DualModeError {
  const isTold = ({ mode, credential, code }: Skipped) =>
    tried.some((attempt) => {
      if (attempt.mode !== mode) return false;
      return credential === undefined ? attempt.code === code : attempt.credential === credential;
    });
  const untried = skipped
    .filter((skip) => !isTold(skip))
    .map((skip): Attempt => {
      const { mode, credential = "none", code, reason, fix } = skip;
      return { ...target, mode, credential, code, reason, ...(fix && { fix }), ms: 0 };
    });
  const attempts = [...tried, ...untried];
  const only = attempts[0]?.code;
  if (only === "UNSUPPORTED_FEATURE" && attempts.every(({ code }) => code === only)) {
    const reasons = attempts.map(({ mode, reason }) => `${mode}: ${reason}`).join(" ");
    return new DualModeError(
      "UNSUPPORTED_FEATURE",
      `No mode of ${target.provider} fits. ${reasons}`,
      {
        ...(attempts[0]?.fix && { fix: attempts[0].fix }),
        attempts,
      },
    );
  }
  return new DualModeError("ALL_ROUTES_FAILED", message(target.provider, attempts), {
    fix: "Mend one of the routes listed.",
    attempts,
    ...(cause === undefined ? {} : { cause }),
  });
}

function message(provider: string, attempts: readonly Attempt[]): string {
  const lines = attempts.map(({ mode, credential, code, reason, fix }) => {
    const route = credential === "none" ? mode : `${mode} with ${credential}`;
    return `  ${route}: ${code}. ${foreignText(reason, longestReason)}${fix === undefined ? "" : `\n    → ${fix}`}`;
  });
  return [`No route to ${provider} answered.`, ...lines].join("\n");
}
