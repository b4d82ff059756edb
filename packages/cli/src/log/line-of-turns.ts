import type { Message } from "@acc/dual-mode";
import type { KeptFlags, TurnFacts, TurnTexts } from "./turn.ts";

/** The state of a conversation: the messages up to each turn, the last turn last, and the flags. */
export interface Standing {
  readonly said: readonly { readonly id: string; readonly messages: readonly Message[] }[];
  readonly flags: KeptFlags;
}

/**
 * The turns that led to the last answer, each after the one that it continues. Two processes may
 * have continued the same turn, and turns that failed or were undone are left out.
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
