import type { PlayedFailure } from "./played-answer.ts";

/** The refusal that rules play where any will do. */
export const fault: PlayedFailure = {
  code: "SERVER_ERROR",
  status: 500,
  type: "internal_error",
  message: "Internal server error",
};
