import { Failure } from "../../failure.ts";
import { type Edited, found } from "./edited.ts";

const layout = { insertSpaces: true, tabSize: 2, eol: "\n" };

/**
 * Adds the server `acc` to the text of a JSON file. Comments and everything else stay as they are.
 *
 * @throws Failure if the agent could not read the file
 */
export async function editJson(text: string, path: string, entry: object): Promise<Edited> {
  const { applyEdits, modify, parse } = await import("jsonc-parser");
  const errors: { readonly offset: number }[] = [];
  const before =
    text.trim() === "" ? {} : parse(text, errors as never, { allowTrailingComma: true });
  const servers: unknown = isObject(before) ? (before.mcpServers ?? {}) : undefined;
  if (errors.length > 0 || !isObject(servers)) {
    const fix = "Correct it, or add the server by hand.";
    throw new Failure("FILE_NOT_UNDERSTOOD", `${path} is not JSON with a list of servers.`, fix);
  }
  const edits = modify(text.trim() === "" ? "{}\n" : text, ["mcpServers", "acc"], entry, {
    formattingOptions: layout,
  });
  const next = applyEdits(text.trim() === "" ? "{}\n" : text, edits);
  return { text: next, state: found(servers.acc, entry) };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
