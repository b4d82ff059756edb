import { givenText, isMembers } from "../foreign/guards.ts";
import { unreadable } from "../foreign/unreadable.ts";

/**
 * Returns the names in a list of models, `{ data: [{ id }] }` or only the list. A server without
 * models may send `data: null`.
 *
 * @param who The vendor as the subject of a sentence: "Example's API".
 * @throws {@link DualModeError} `INVALID_OUTPUT`
 */
export function listedModels(list: unknown, who: string): readonly string[] {
  const data = isMembers(list) ? list.data : list;
  if (data === null && list !== null) return [];
  if (!Array.isArray(data)) throw unreadable(who, "no list of models");
  return data.map((model) => {
    const name = isMembers(model) ? givenText(model.id) : undefined;
    if (name === undefined) throw unreadable(who, "a list with a model that has no name");
    return name;
  });
}
