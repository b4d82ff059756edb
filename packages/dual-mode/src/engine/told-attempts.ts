import type { Attempt } from "../contract/attempt.ts";
import { foreignText } from "../text/foreign-text.ts";

/** The longest reason in the list, in UTF-16 units; the attempt itself has all of it. */
const longestReason = 600;

/**
 * Returns one line for each different failure, with its fix, the routes that ended with it, and how
 * often each did.
 */
export function toldAttempts(attempts: readonly Attempt[], withProvider: boolean): string[] {
  const failures = new Map<string, { readonly attempt: Attempt; readonly routes: Routes }>();
  for (const attempt of attempts) {
    const { code, reason, fix } = attempt;
    const failure = JSON.stringify([code, reason, fix]);
    const { routes } = failures.get(failure) ?? { routes: new Map() };
    failures.set(failure, { attempt, routes });
    const route = routeOf(attempt, withProvider);
    routes.set(route, (routes.get(route) ?? 0) + 1);
  }
  return [...failures.values()].map(({ attempt: { code, reason = "", fix }, routes }) => {
    const way = fix === undefined ? "" : `\n    → ${fix}`;
    return `  ${told(routes, String(code))}. ${foreignText(reason, longestReason)}${way}`;
  });
}

/** How often each route ended with the failure. */
type Routes = Map<string, number>;

function routeOf({ provider, mode, credential }: Attempt, withProvider: boolean): string {
  const name = withProvider ? `${provider} ${mode}` : mode;
  return credential === "none" ? name : `${name} with ${credential}`;
}

function told(routes: Routes, code: string): string {
  const often = (times: number) => (times > 1 ? ` (${times} times)` : "");
  const [[route, times] = ["", 0], ...others] = routes;
  if (others.length === 0) return `${route}: ${code}${often(times)}`;
  return `${[...routes].map(([each, count]) => `${each}${often(count)}`).join(", ")}: ${code}`;
}
