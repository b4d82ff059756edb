import { DualModeError } from "../error.ts";
import { isMembers } from "../foreign/guards.ts";
import { statusToCode } from "../http/status-to-code.ts";
import type { ChatVendor } from "./chat-parts.ts";

/** A server of which nothing is known but that it streams chat completions. */
export const chatServer: ChatVendor = {
  who: "The server",
  failure(told) {
    const error = errorIn(told);
    const { message, code, type, status } = isMembers(error) ? error : { message: error };
    const words = typeof message === "string" ? message : "an error";
    const known = [code, status].map(Number).find((each) => each >= 400 && each < 600);
    const kinds = [code, type].filter((kind) => typeof kind === "string").join(" ");
    return new DualModeError(
      statusToCode(known ?? 500, `${kinds} ${words}`),
      `The server said: ${words}`,
    );
  },
};

function errorIn(told: unknown): unknown {
  if (!isMembers(told)) return told;
  const { error, choices } = told;
  if (error) return error;
  return (Array.isArray(choices) && choices.find((each) => each?.error)?.error) || told;
}
