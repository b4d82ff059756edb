import { writeFile } from "node:fs/promises";
import type { Message } from "@acc/dual-mode";
import type { Node } from "jsonc-parser";
import { Failure } from "../failure.ts";
import { readTextFile } from "../input/read-text.ts";

/** Saves the messages of a conversation as JSON, in a file that only its owner can read. */
export async function saveMessages(
  path: string,
  messages: readonly Message[],
  mayReplace: boolean,
): Promise<void> {
  const flag = mayReplace ? "w" : "wx";
  try {
    await writeFile(path, `${JSON.stringify(messages, null, 2)}\n`, { flag, mode: 0o600 });
  } catch (error) {
    throw cannotSave(path, (error as NodeJS.ErrnoException).code);
  }
}

function cannotSave(path: string, reason = "for no known reason"): Failure {
  return reason === "EEXIST"
    ? new Failure("FILE_EXISTS", `${path} is there already.`, "Name another file.")
    : new Failure("FILE_UNWRITABLE", `${path} cannot be written: ${reason}.`, "Name another file.");
}

/**
 * Reads the messages of a file.
 * @throws UsageError that names the line and column of what is wrong
 */
export async function loadMessages(path: string): Promise<readonly Message[]> {
  const { invalidFile, parseJson } = await import("../input/parse-json.ts");
  const { getNodeValue } = await import("jsonc-parser");
  const text = await readTextFile(path);
  const root = parseJson(text, path);
  const fault = faultIn(root, getNodeValue);
  if (fault !== undefined) throw invalidFile(text, path, fault.offset, fault.what);
  return getNodeValue(root);
}

interface Fault {
  readonly offset: number;
  readonly what: string;
}

const roles = ["system", "user", "assistant", "tool"];

function faultIn(root: Node, read: (node: Node) => unknown): Fault | undefined {
  if (root.type !== "array") {
    return { offset: root.offset, what: "must be a list of messages, as /save writes it" };
  }
  for (const node of root.children ?? []) {
    const { role, content } = Object(read(node)) as { role?: unknown; content?: unknown };
    const { offset } = node;
    if (!roles.includes(String(role))) {
      return { offset, what: `must be a message with the role ${roles.join(", ")}` };
    }
    if (typeof content !== "string" && !isListOfPieces(content)) {
      return { offset, what: "must be a message whose content is a text, or a list of pieces" };
    }
  }
  return undefined;
}

function isListOfPieces(content: unknown): boolean {
  return Array.isArray(content) && content.every((piece) => typeof Object(piece).type === "string");
}
