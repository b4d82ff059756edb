import type { PlayedFailure } from "./wire.ts";

/** The refusal that rules play where any will do. */
export const fault: PlayedFailure = {
  code: "SERVER_ERROR",
  status: 500,
  type: "internal_error",
  message: "Internal server error",
};
