import type { MatchLogic, ModelInfo } from "@pydantic/genai-prices";

/** What may come after a model's name without making it another model: a date or a state. */
const version =
  /(?:[-@](?:latest|preview|exp|\d{8}|\d{4}-\d{2}-\d{2}|\d{2}-\d{2}(?:-\d{4})?|\d{2}-\d{4}|\d{3}))+$/;

/**
 * Whether a name is that of the model that the data's search has found. The search takes what begins
 * with a known name: so "claude-sonnet-5-5" would cost what "claude-sonnet-5" does, and a model that
 * came out after the data would have the price of an older one. A name counts where the data has it
 * word for word, or where only a date or a state comes after it.
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
