import type { CanonicalRequest } from "../contract/canonical.ts";
import type { Lack } from "../contract/provider.ts";

/** That these models do not think: not to do so can be asked of them all the same. */
export function thinksNot(models: RegExp): Lack {
  return {
    features: ["reasoning"],
    models,
    when: ({ reasoning }) => reasoning !== "none",
    reason: "This model does not think.",
  };
}

/** Whether a request leaves it not to the model to call a tool: for `when` of a lack. */
export function forcesCall({ toolChoice }: CanonicalRequest): boolean {
  return toolChoice !== undefined && toolChoice !== "none";
}
