import { coloursOf, print, printJson, tell } from "../output/terminal.ts";
import type { UnlockOptions } from "../secrets/unlock.ts";
import { documentOf } from "./document-of.ts";
import type { OpenConversation, OpenTurn } from "./open-texts.ts";
import { findConversation, lastConversation } from "./read-log.ts";
import { withOpener, withQuietOpener } from "./with-opener.ts";
import { wordsOf } from "./words-of.ts";

export interface ShowOptions extends UnlockOptions {
  readonly json?: boolean;
}

/** Shows one conversation, or the last. */
export async function showLog(id: string | undefined, options: ShowOptions): Promise<void> {
  const stored = id === undefined ? lastConversation() : findConversation(id);
  const needsKey = stored.turns.some(({ sealed }) => sealed !== undefined);
  const open = needsKey ? withOpener : withQuietOpener;
  const conversation = await open(options, (opener) => opener.conversation(stored));
  if (options.json) return printJson(documentOf(conversation));
  print(textOf(conversation));
  if (conversation.unreadable > 0) {
    tell(`Lines of it that cannot be read, and were left out: ${conversation.unreadable}.`);
  }
}

function textOf({ id, turns }: OpenConversation): string {
  const { dim } = coloursOf(process.stdout);
  const count = turns.length === 1 ? "1 turn" : `${turns.length} turns`;
  return [dim(`${id}, ${count}`), ...turns.map(turnText)].join("\n\n");
}

function turnText({ facts, texts, closed }: OpenTurn): string {
  const { bold, dim, red } = coloursOf(process.stdout);
  const { at, provider, model, ms, error, usage } = facts;
  const tokens = usage && `${usage.inputTokens ?? "?"} tokens in, ${usage.outputTokens ?? "?"} out`;
  const about = [at.slice(0, 16).replace("T", " "), provider, model, tokens, `${ms} ms`];
  const head = dim(about.filter(Boolean).join(", "));
  const said = (texts?.messages ?? []).map((message) =>
    message.role === "user" ? bold(`> ${wordsOf(message)}`) : wordsOf(message),
  );
  const lines = [...(closed ? [`(the texts cannot be shown: ${closed})`] : []), ...said];
  return [head, ...lines, ...(error ? [red(`failed: ${error}`)] : [])].join("\n");
}
