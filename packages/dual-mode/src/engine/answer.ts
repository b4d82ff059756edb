import type { Attempt } from "../contract/attempt.ts";
import type { Part } from "../contract/part.ts";
import type { Route } from "./plan-routes.ts";

/** The parts of the route that answered, and all attempts up to it. */
export interface Answer {
  readonly route: Route;
  readonly parts: readonly Part[];
  readonly attempts: readonly Attempt[];
}
