import type { Ask, Target } from "../../contract/access.ts";

/**
 * Whether a key may make a call: it may ask for the name that the request has, or for each of those
 * that may answer, by `provider/model` or by the model alone.
 */
export function allowsAsk(patterns: readonly string[] | undefined, ask: Ask): boolean {
  if (patterns === undefined) return true;
  if (ask.asked !== undefined && matches(patterns, ask.asked)) return true;
  return ask.models.length > 0 && ask.models.every((target) => allowsTarget(patterns, target));
}

function allowsTarget(patterns: readonly string[], { provider, model = "" }: Target): boolean {
  return matches(patterns, `${provider}/${model}`) || (model !== "" && matches(patterns, model));
}

/** `*` is anything; case does not count. */
export function matches(patterns: readonly string[], name: string): boolean {
  return patterns.some((pattern) => {
    const parts = pattern.split("*").map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
    return new RegExp(`^${parts.join("[^]*")}$`, "i").test(name);
  });
}
