import { DualModeError } from "../error.ts";
import { refuseDeepJson } from "../text/nesting.ts";
import { isMembers, type Members } from "./guards.ts";

/**
 * Returns the arguments of a tool call from the JSON text that a vendor sent: an object, which is
 * empty for a call without arguments. `null` and an empty text also mean no arguments, and JSON
 * within a string is parsed.
 *
 * @throws {@link DualModeError} `INVALID_OUTPUT`
 */
export function toolInput(name: string, text: string): Members {
  return checkedInput(name, fromJson(name, text));
}

/**
 * Checks the arguments of a tool call that came as a value.
 *
 * @throws {@link DualModeError} `INVALID_OUTPUT`
 */
export function checkedInput(name: string, value: unknown): Members {
  if (value === null || value === undefined) return {};
  if (!isMembers(value)) throw wrong(name, "that are no object");
  return value;
}

function fromJson(name: string, text: string): unknown {
  if (text.trim() === "") return {};
  refuseDeepJson(text);
  const value = parsed(name, text);
  return typeof value === "string" ? fromJson(name, value) : value;
}

function parsed(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw wrong(name, "that are not JSON", cause);
  }
}

function wrong(name: string, what: string, cause?: unknown): DualModeError {
  const message = `The tool "${name}" was called with arguments ${what}.`;
  return new DualModeError("INVALID_OUTPUT", message, cause === undefined ? {} : { cause });
}
