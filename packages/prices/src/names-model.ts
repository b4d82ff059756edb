import type { MatchLogic, ModelInfo } from "@pydantic/genai-prices";

/** Suffixes that do not make a name another model: a date or a state such as "preview". */
const version =
  /(?:[-@](?:latest|preview|exp|\d{8}|\d{4}-\d{2}-\d{2}|\d{2}-\d{2}(?:-\d{4})?|\d{2}-\d{4}|\d{3}))+$/;

/**
 * Whether a name really means the model that the data's search has found. The search accepts any
 * name that begins with a known one, so "claude-sonnet-5-5" would cost as much as
 * "claude-sonnet-5", and a model released after the data would have the price of an older one. A
 * name counts if the data contains it literally, or if only a date or a state follows it.
 */
export function namesModel(name: string, { id, match }: ModelInfo): boolean {
  return stem(name) === stem(id.toLowerCase()) || isNamed(name, match);
}

function isNamed(name: string, match: MatchLogic): boolean {
  if ("or" in match) return match.or.some((one) => isNamed(name, one));
  if ("and" in match) return match.and.some((one) => isNamed(name, one));
  if ("regex" in match) return match.regex.endsWith("$") && new RegExp(match.regex).test(name);
  const [known] = Object.values(match) as [string];
  return stem(name) === stem(known.toLowerCase().replace(/[-@]$/, ""));
}

function stem(name: string): string {
  return name.replace(version, "");
}
