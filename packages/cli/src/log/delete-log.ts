import { rmSync } from "node:fs";
import { UsageError } from "../failure.ts";
import { confirm } from "../input/confirm.ts";
import { printJson, tell } from "../output/terminal.ts";
import { findConversation, logFiles } from "./read-log.ts";

export interface DeleteOptions {
  readonly all?: boolean;
  /** Deletes conversations whose last turn is older than this, in ms. */
  readonly olderThan?: number;
  readonly yes?: boolean;
  readonly json?: boolean;
}

/** Deletes conversations: those with these ids, all, or those older than a given time. */
export async function deleteLog(ids: readonly string[], options: DeleteOptions): Promise<void> {
  const { all = false, olderThan, yes = false, json = false } = options;
  const ways = [ids.length > 0, all, olderThan !== undefined].filter(Boolean).length;
  if (ways !== 1) {
    throw new UsageError(
      "Say which conversations.",
      "Give their ids, or --older-than 30d, or --all.",
    );
  }
  const wanted = new Set(ids.map((id) => findConversation(id).id));
  const before = olderThan === undefined ? Number.POSITIVE_INFINITY : Date.now() - olderThan;
  const gone = logFiles().filter(({ conversation, changed }) =>
    ids.length > 0 ? wanted.has(conversation) : changed < before,
  );
  if (ids.length === 0 && gone.length > 0 && !(yes || (await confirmed(gone.length)))) {
    throw new UsageError("Nothing was removed.", "Add --yes to be asked nothing.", "NOT_CONFIRMED");
  }
  for (const { path } of gone) rmSync(path, { force: true });
  if (json) printJson({ deleted: gone.map(({ conversation }) => conversation) });
  else tell(`Deleted conversations: ${gone.length}.`);
}

function confirmed(count: number): Promise<boolean> {
  return confirm(count === 1 ? "Remove 1 conversation?" : `Remove ${count} conversations?`);
}
