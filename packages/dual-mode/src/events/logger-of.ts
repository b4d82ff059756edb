import { redact } from "@acc/secrets/redact";
import type { Logger } from "../contract/mode-context.ts";
import { foreignText } from "../text/foreign-text.ts";
import type { CallEvents } from "./call-events.ts";

/** Returns a log whose lines are events of a call, without known secrets. */
export function loggerOf(events: CallEvents): Logger {
  return {
    debug(message, details) {
      const clean = details && redactedDetails(details);
      events.report({
        type: "log",
        message: foreignText(message),
        ...(clean && { details: clean }),
      });
    },
  };
}

/** Undefined if the details cannot be written as JSON: a log must not make a call fail. */
function redactedDetails(details: object): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(redact(JSON.stringify(details, bounded)));
  } catch {
    return undefined;
  }
}

function bounded(_name: string, value: unknown): unknown {
  return typeof value === "string" ? foreignText(value) : value;
}
