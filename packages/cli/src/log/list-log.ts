import { print, printJson, tell } from "../output/terminal.ts";
import { timeAgo } from "../output/time-ago.ts";
import type { UnlockOptions } from "../secrets/unlock.ts";
import type { OpenConversation } from "./open-texts.ts";
import { conversations, type StoredConversation } from "./read-log.ts";
import { withQuietOpener } from "./with-opener.ts";
import { beginningOf, questionIn } from "./words-of.ts";

export interface ListOptions extends UnlockOptions {
  readonly json?: boolean;
  /** How many conversations are shown. */
  readonly number: number;
}

/** Lists the conversations, the latest first. */
export async function listLog(options: ListOptions): Promise<void> {
  const stored = first(options.number);
  const needsKey = stored.some(({ turns }) => turns.some(({ sealed }) => sealed !== undefined));
  const open = needsKey
    ? await withQuietOpener(options, (opener) =>
        Promise.all(stored.map((each) => opener.conversation(each))),
      )
    : stored;
  const found = open.map(described);
  if (options.json) return printJson({ conversations: found });
  if (found.length === 0) {
    return tell('No conversation is kept yet; acc chat "…" begins one.');
  }
  const { table } = await import("../output/table.ts");
  const rows = found.map(({ id, updatedAt, provider = "?", turns, failed, begins = "" }) => [
    id,
    timeAgo(Date.parse(updatedAt)),
    provider,
    failed > 0 ? `${turns} (${failed} failed)` : String(turns),
    begins,
  ]);
  print(table(["id", "last", "provider", "turns", "begins"], rows));
  if (needsKey && found.every(({ begins }) => begins === undefined)) {
    tell("The texts need another key: acc log list --unlock passphrase, env or file:PATH.");
  }
}

function first(number: number): readonly StoredConversation[] {
  const found: StoredConversation[] = [];
  for (const conversation of conversations()) {
    if (found.push(conversation) >= number) break;
  }
  return found;
}

/** The facts about a conversation that a list shows. */
function described({ id, turns }: OpenConversation) {
  const [begun] = turns;
  const last = turns.findLast(({ facts }) => facts.error === undefined) ?? begun;
  const sum = (member: "inputTokens" | "outputTokens") =>
    turns.reduce((all, { facts }) => all + (facts.usage?.[member] ?? 0), 0);
  const { provider, model } = last?.facts ?? {};
  const texts = turns.find((turn) => turn.texts)?.texts;
  return {
    id,
    startedAt: begun?.facts.at ?? "",
    updatedAt: turns.at(-1)?.facts.at ?? "",
    ...(provider !== undefined && { provider, model }),
    turns: turns.length,
    failed: turns.filter(({ facts }) => facts.error !== undefined).length,
    inputTokens: sum("inputTokens"),
    outputTokens: sum("outputTokens"),
    ...(texts && { begins: beginningOf(questionIn(texts.messages)) }),
  };
}
