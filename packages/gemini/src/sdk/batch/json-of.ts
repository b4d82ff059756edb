import { isMembers, type Members, unreadable } from "@acc/dual-mode/provider";
import { who } from "../chunk.ts";

/**
 * Parses an answer, which must be a JSON object.
 * @throws {@link DualModeError} `INVALID_OUTPUT`
 */
export async function jsonOf(response: Response): Promise<Members> {
  const text = await response.text();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw unreadable(who, "an answer that is not JSON", cause);
  }
  if (!isMembers(value)) throw unreadable(who, "an answer that is not an object");
  return value;
}
