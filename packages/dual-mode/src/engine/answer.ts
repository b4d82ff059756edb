import type { Attempt } from "../contract/attempt.ts";
import type { Part } from "../contract/part.ts";
import type { Route } from "./plan-routes.ts";

/** What the routes brought: the parts of the one that answered, and the story before it. */
export interface Answer {
  readonly route: Route;
  readonly parts: readonly Part[];
  readonly attempts: readonly Attempt[];
}
