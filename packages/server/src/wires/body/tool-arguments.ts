import { isMembers } from "./guards.ts";

/**
 * The arguments of a call in a history, as an object. A model may have written what is not JSON, and
 * the history is to go on all the same: then the text is in a member.
 */
export function toolArguments(value: unknown): Readonly<Record<string, unknown>> {
  if (isMembers(value)) return value;
  if (typeof value !== "string") return value === undefined || value === null ? {} : { value };
  if (value.trim() === "") return {};
  try {
    const parsed: unknown = JSON.parse(value);
    return typeof parsed === "string" ? toolArguments(parsed) : asMembers(parsed, value);
  } catch {
    return { arguments: value };
  }
}

function asMembers(parsed: unknown, text: string): Readonly<Record<string, unknown>> {
  if (parsed === null) return {};
  return isMembers(parsed) ? parsed : { arguments: text };
}
