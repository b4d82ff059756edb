import { DualModeError } from "../error.ts";
import { isMembers, type Members } from "./guards.ts";

/** Objects and lists within each other: no tool's arguments go so deep, and readers of JSON do not either. */
const depthLimit = 200;

/**
 * The arguments of a tool call, from the JSON text that a vendor sent: an object, for a call without
 * arguments an empty one. `null` and nothing stand for it, and JSON within a string is read.
 *
 * @throws {@link DualModeError} `INVALID_OUTPUT`
 */
export function toolInput(name: string, text: string): Members {
  return checkedInput(name, fromJson(name, text));
}

/**
 * The arguments of a tool call that came as a value.
 * @throws {@link DualModeError} `INVALID_OUTPUT`
 */
export function checkedInput(name: string, value: unknown): Members {
  if (value === null || value === undefined) return {};
  if (!isMembers(value)) throw wrong(name, "that are no object");
  if (isDeeperThan(value, depthLimit)) throw wrong(name, "that go too deep");
  return value;
}

function fromJson(name: string, text: string): unknown {
  if (text.trim() === "") return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "string" ? fromJson(name, value) : value;
  } catch (cause) {
    throw DualModeError.is(cause) ? cause : wrong(name, "that are not JSON", cause);
  }
}

function isDeeperThan(value: unknown, depth: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return depth === 0 || Object.values(value).some((member) => isDeeperThan(member, depth - 1));
}

function wrong(name: string, what: string, cause?: unknown): DualModeError {
  const message = `The tool "${name}" was called with arguments ${what}.`;
  return new DualModeError("INVALID_OUTPUT", message, cause === undefined ? {} : { cause });
}
