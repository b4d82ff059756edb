import type { Message } from "@acc/dual-mode";
import type { KeptFlags, TurnFacts, TurnTexts } from "./turn.ts";

/** Where a conversation stands: what was said up to each turn of it, the last one last. */
export interface Standing {
  readonly said: readonly { readonly id: string; readonly messages: readonly Message[] }[];
  readonly flags: KeptFlags;
}

/**
 * The turns that led to the last answer, each behind the one that it goes on from: two processes may have gone
 * on from the same one, and what failed or was taken back is of no line.
 */
export function lineTo<T extends { readonly facts: TurnFacts }>(turns: readonly T[]): readonly T[] {
  const byId = new Map(turns.map((turn) => [turn.facts.id, turn]));
  const line: T[] = [];
  const last = turns.findLast(({ facts }) => facts.error === undefined);
  for (let turn = last; turn && !line.includes(turn); ) {
    line.unshift(turn);
    turn = byId.get(turn.facts.after ?? "");
  }
  return line;
}

export function standingOf(
  line: readonly { readonly facts: TurnFacts; readonly texts: TurnTexts }[],
): Standing {
  let messages: readonly Message[] = [];
  const said = line.map(({ facts, texts }) => {
    messages = [...messages, ...texts.messages];
    return { id: facts.id, messages };
  });
  return { said, flags: line.at(-1)?.texts.flags ?? {} };
}
