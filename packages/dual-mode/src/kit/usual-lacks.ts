import type { CanonicalRequest } from "../contract/canonical.ts";
import type { Lack } from "../contract/provider.ts";

/** Returns the lack of models without reasoning; a request may still ask for the level "none". */
export function thinksNot(models: RegExp): Lack {
  return {
    features: ["reasoning"],
    models,
    when: ({ reasoning }) => reasoning !== "none",
    reason: "This model does not think.",
  };
}

/** Whether a request forces the model to call a tool; for `when` of a lack. */
export function forcesCall({ toolChoice }: CanonicalRequest): boolean {
  return toolChoice !== undefined && toolChoice !== "none";
}
