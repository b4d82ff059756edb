import type { PlayedFailure } from "./played-answer.ts";

/** The refusal that rules play if the kind of refusal does not matter. */
export const fault: PlayedFailure = {
  code: "SERVER_ERROR",
  status: 500,
  type: "internal_error",
  message: "Internal server error",
};
