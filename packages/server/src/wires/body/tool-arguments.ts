import { isMembers } from "./guards.ts";

/**
 * Returns the arguments of a call in a history as an object. If the model wrote something else than
 * a JSON object, the text becomes a member, so that the history remains usable.
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
