import { print, printExact, printJsonLine } from "../output/terminal.ts";
import type { UnlockOptions } from "../secrets/unlock.ts";
import { documentOf } from "./document-of.ts";
import type { OpenConversation } from "./open-texts.ts";
import { conversations, findConversation } from "./read-log.ts";
import { withOpener } from "./with-opener.ts";
import { wordsOf } from "./words-of.ts";

export interface ExportOptions extends UnlockOptions {
  readonly json?: boolean;
}

/** Prints conversations as Markdown, or as JSON with everything that is saved of them. */
export async function exportLog(ids: readonly string[], options: ExportOptions): Promise<void> {
  const stored = ids.length > 0 ? ids.map(findConversation) : [...conversations()];
  if (stored.length === 0) return options.json ? printJsonLine({ conversations: [] }) : print("");
  const open = await withOpener(options, (opener) =>
    Promise.all(stored.map((each) => opener.conversation(each))),
  );
  if (options.json) printJsonLine({ conversations: open.map(documentOf) });
  else printExact(open.map(markdownOf).join("\n\n"));
}

function markdownOf({ id, turns }: OpenConversation): string {
  const blocks = turns.flatMap(({ facts, texts, closed }) => {
    const { at, provider = "no provider", model = "", error } = facts;
    const whose = { user: `You, ${at}`, assistant: `${provider} ${model}`.trim() };
    const said = (texts?.messages ?? []).map((message) => {
      const title =
        message.role === "user" || message.role === "assistant"
          ? whose[message.role]
          : message.role;
      return `## ${title}\n\n${wordsOf(message)}`;
    });
    const why = closed === undefined ? [] : [`## ${whose.user}\n\n(the texts are ${closed})`];
    return [...why, ...said, ...(error ? [`(failed: ${error})`] : [])];
  });
  return [`# Conversation ${id}`, ...blocks].join("\n\n");
}
