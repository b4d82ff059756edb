import { DualModeError } from "../error.ts";

/**
 * The names in a list of models: `{ data: [{ id }] }`. A server that has none may say `data: null`.
 * @throws {@link DualModeError} `INVALID_OUTPUT`
 */
export function toChatModels(list: unknown): readonly string[] {
  const data: unknown = Object(list).data;
  if (data === null) return [];
  const names = Array.isArray(data) ? data.map((model): unknown => Object(model).id) : [undefined];
  if (names.every((name) => typeof name === "string")) return names;
  throw new DualModeError("INVALID_OUTPUT", "The server's list of models cannot be read.");
}
