import { readFileSync } from "node:fs";
import { UsageError } from "../failure.ts";
import { filesIn, type LogFile } from "./keep-within.ts";
import { logFolder } from "./log-folder.ts";
import { type StoredTurn, turnOf } from "./turn.ts";

/** A conversation as it is stored. */
export interface StoredConversation {
  readonly id: string;
  /** In the order in which they were written. */
  readonly turns: readonly StoredTurn[];
  /** The number of lines that cannot be read: cut off, or of a later version. */
  readonly unreadable: number;
}

/** The files of all conversations, the latest first. */
export function logFiles(): readonly LogFile[] {
  const folder = logFolder();
  const files = folder === undefined ? [] : filesIn(folder);
  return files.sort((one, other) => other.changed - one.changed);
}

/** Returns undefined if the file was removed meanwhile, or has no turn that can be read. */
function readConversation({ conversation, path }: LogFile): StoredConversation | undefined {
  const lines = textOf(path).split("\n");
  const turns = lines.flatMap((line) => turnOf(line) ?? []);
  if (turns.length === 0) return undefined;
  const written = lines.filter((line) => line !== "").length;
  return { id: conversation, turns, unreadable: written - turns.length };
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
    throw error;
  }
}

/** All conversations, the latest first, each read on demand. */
export function* conversations(): Generator<StoredConversation> {
  for (const file of logFiles()) {
    const conversation = readConversation(file);
    if (conversation !== undefined) yield conversation;
  }
}

/**
 * Finds a conversation by its id, or by the start of it.
 * @throws UsageError if there is none, or more than one
 */
export function findConversation(start: string): StoredConversation {
  const found = logFiles().filter(({ conversation }) => conversation.startsWith(start));
  const [file, ...others] = found;
  const conversation = file && start !== "" ? readConversation(file) : undefined;
  if (conversation !== undefined && others.length === 0) return conversation;
  throw new UsageError(
    conversation === undefined
      ? `There is no conversation ${JSON.stringify(start)}.`
      : `There is more than one conversation ${start}…`,
    "acc log list shows them; acc chat -c continues the last.",
    conversation === undefined ? "NOT_FOUND" : "AMBIGUOUS",
  );
}

/** @throws UsageError if none is saved */
export function lastConversation(
  wanted: (conversation: StoredConversation) => boolean = () => true,
): StoredConversation {
  for (const conversation of conversations()) if (wanted(conversation)) return conversation;
  throw new UsageError(
    "There is no conversation yet.",
    'acc chat "…" begins one; acc config explain shows whether they are kept.',
    "NOT_FOUND",
  );
}
