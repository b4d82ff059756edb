import type { Attempt } from "../contract/reply.ts";
import { foreignText } from "../text/foreign-text.ts";

/** Of each route in the list, in UTF-16 units; its attempt has the whole. */
const longestReason = 600;

/** One line an attempt, equal ones told once with their number, each with its fix. */
export function toldAttempts(attempts: readonly Attempt[], withProvider: boolean): string[] {
  const told = new Map<string, { readonly attempt: Attempt; times: number }>();
  for (const attempt of attempts) {
    const { provider, mode, credential, code, reason } = attempt;
    const name = JSON.stringify([provider, mode, credential, code, reason]);
    const known = told.get(name);
    if (known === undefined) told.set(name, { attempt, times: 1 });
    else known.times += 1;
  }
  return [...told.values()].map(({ attempt, times }) => {
    const { provider, mode, credential, code, reason = "", fix } = attempt;
    const name = withProvider ? `${provider} ${mode}` : mode;
    const route = credential === "none" ? name : `${name} with ${credential}`;
    const often = times > 1 ? ` (${times} times)` : "";
    const way = fix === undefined ? "" : `\n    → ${fix}`;
    return `  ${route}: ${code}${often}. ${foreignText(reason, longestReason)}${way}`;
  });
}
