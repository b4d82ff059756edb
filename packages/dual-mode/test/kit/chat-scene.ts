import { collected, inShort } from "../../../../test/played/answer-in-short.ts";
import type { Part } from "../../src/contract/part.ts";
import { readServerSentEvents } from "../../src/http/server-sent-events.ts";
import { toChatParts } from "../../src/kit/chat-parts.ts";
import { chatServer } from "../../src/kit/chat-server.ts";

/** A chunk of chat completions as an event: a delta, or what else a choice has. */
export const delta = (members: object, rest: object = {}): string =>
  event({
    id: "1",
    model: "m",
    choices: [{ index: 0, delta: members, finish_reason: null }],
    ...rest,
  });

export const ends = (finish_reason: unknown, rest: object = {}): string =>
  event({ id: "1", model: "m", choices: [{ index: 0, delta: {}, finish_reason }], ...rest });

export const event = (data: unknown): string => `data: ${JSON.stringify(data)}\n\n`;

export const done = "data: [DONE]\n\n";

/** A piece of a tool call as servers send it. */
export const call = (members: object): string => delta({ tool_calls: [members] });

/** What the kit makes of a body. */
export async function partsOf(...pieces: readonly string[]): Promise<Part[]> {
  const body = new Response(pieces.join("")).body;
  return collected(toChatParts(readServerSentEvents(body), chatServer));
}

/** An answer in short: its text, its calls and its end. */
export async function answerOf(...pieces: readonly string[]) {
  return inShort(await partsOf(...pieces));
}
