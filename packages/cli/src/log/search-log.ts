import { print, printJson, tell } from "../output/terminal.ts";
import { timeAgo } from "../output/time-ago.ts";
import type { ListOptions } from "./list-log.ts";
import type { OpenTurn } from "./open-texts.ts";
import { conversations } from "./read-log.ts";
import { withOpener } from "./with-opener.ts";
import { beginningOf, wordsOf } from "./words-of.ts";

interface Found {
  readonly id: string;
  readonly turn: string;
  readonly at: string;
  readonly provider?: string;
  readonly excerpt: string;
}

/** Finds the turns that contain all of these words, the latest conversation first. */
export async function searchLog(words: readonly string[], options: ListOptions): Promise<void> {
  const wanted = words.flatMap((each) => each.toLowerCase().split(/\s+/)).filter(Boolean);
  const found = await withOpener(options, async (opener) => {
    const all: Found[] = [];
    for (const conversation of conversations()) {
      if (all.length >= options.number) break;
      const { id, turns } = await opener.conversation(conversation);
      all.push(...turns.flatMap((turn) => foundIn(id, turn, wanted)));
    }
    return all.slice(0, options.number);
  });
  if (options.json) return printJson({ found });
  if (found.length === 0) return tell("No conversation that can be read has these words.");
  const { table } = await import("../output/table.ts");
  const rows = found.map(({ id, at, provider = "?", excerpt }) => [
    ...[id, timeAgo(Date.parse(at)), provider, excerpt],
  ]);
  print(table(["id", "asked", "provider", "where"], rows));
}

function foundIn(id: string, { facts, texts }: OpenTurn, wanted: readonly string[]): Found[] {
  if (texts === undefined) return [];
  const { system = "" } = texts.flags;
  const said = [...texts.messages.map(wordsOf), system].join("\n");
  const lower = said.toLowerCase();
  if (!wanted.every((word) => lower.includes(word))) return [];
  const { id: turn, at, provider } = facts;
  const excerpt = around(said, lower.indexOf(wanted[0] ?? ""));
  return [{ id, turn, at, ...(provider !== undefined && { provider }), excerpt }];
}

/** The number of characters shown before the first word. */
const before = 24;

function around(text: string, at: number): string {
  const from = Math.max(0, at - before);
  return `${from > 0 ? "…" : ""}${beginningOf(text.slice(from, from + 400), 80)}`;
}
