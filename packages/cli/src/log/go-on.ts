import { given } from "../chat/given.ts";
import type { ChatOptions } from "../chat/parsed-flags.ts";
import { UsageError } from "../failure.ts";
import { openOnce } from "../secrets/open-once.ts";
import { lineTo, type Standing, standingOf } from "./line-of-turns.ts";
import { TextOpener, textsOf } from "./open-texts.ts";
import { findConversation, lastConversation } from "./read-log.ts";
import type { KeptFlags } from "./turn.ts";

/** A conversation to continue: its state, and the given flags, which override its own. */
export interface FoundConversation extends Standing {
  readonly conversation: string;
  readonly options: ChatOptions;
}

/** @throws UsageError if there is none, Failure if its texts cannot be read */
export async function goOn(options: ChatOptions): Promise<FoundConversation> {
  const { continue: id } = options;
  const stored =
    id === undefined
      ? lastConversation(({ turns }) => lineTo(turns).length > 0)
      : findConversation(id);
  const line = lineTo(stored.turns);
  if (line.length === 0) {
    const fix = "Ask again, without --continue.";
    throw new UsageError(`Nothing was answered in the conversation ${stored.id}.`, fix);
  }
  const needsKey = line.some(({ sealed }) => sealed !== undefined);
  const opener = new TextOpener(needsKey ? await openOnce(options.unlock) : undefined);
  const opened = await Promise.all(line.map((turn) => opener.turn(stored.id, turn)));
  const standing = standingOf(
    opened.map((turn) => ({ facts: turn.facts, texts: textsOf(turn, stored.id) })),
  );
  return { ...standing, conversation: stored.id, options: under(standing.flags, options) };
}

/** A model belongs to its provider, so it is dropped if a provider is given. */
function under({ model, ...flags }: KeptFlags, options: ChatOptions): ChatOptions {
  const own = model !== undefined && options.provider === undefined ? { model } : {};
  return { ...flags, ...own, ...(given(options) as unknown as ChatOptions) };
}
