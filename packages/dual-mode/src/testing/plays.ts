import type { PlayedAnswer } from "./played-answer.ts";
import type { Script } from "./script.ts";
import type { Stage } from "./stage.ts";

/** The answer that rules play unless they ask for another. */
export const plain: PlayedAnswer = {
  model: "played-model",
  texts: ["Once upon ", "a time"],
  finish: "stop",
  inputTokens: 11,
  outputTokens: 7,
};

/** A whole answer with a normal end. */
export function whole(stage: Stage, answer: Partial<PlayedAnswer> = {}): Script {
  return { steps: written(stage.answer({ ...plain, ...answer })), ending: "end" };
}

/** An answer up to its first words, followed by what the rule wants. */
export function half(stage: Stage, rest: Partial<Script>): Script {
  const events = stage.answer(plain);
  const steps = [...written(events.slice(0, words(events))), ...(rest.steps ?? [])];
  return { ending: "end", ...rest, steps };
}

/** An answer that stops after its first words until it is released. */
export function paused(stage: Stage): Script {
  const events = stage.answer(plain);
  const first = words(events);
  const steps = [...written(events.slice(0, first)), { hold: true } as const];
  return { steps: [...steps, ...written(events.slice(first))], ending: "end" };
}

export function written(texts: readonly string[]): readonly { readonly write: string }[] {
  return texts.map((write) => ({ write }));
}

/** How many of the events it takes until the first words have been sent. */
function words(events: readonly string[]): number {
  return events.findIndex((event) => event.includes(plain.texts[0] ?? "")) + 1;
}
