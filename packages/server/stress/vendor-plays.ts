import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { begin, finish, type Play, piece, refuse } from "../test/support/vendor.ts";

/** What an answer to a prompt is, and what it uses: known to whoever asks. */
export function answerTo(prompt: string): { text: string; input: number; output: number } {
  const number = Number(/\d+/.exec(prompt)?.[0] ?? 0);
  const text = Array.from({ length: 8 }, (_, index) => `[${prompt}.${index}]`).join(" ");
  return { text, input: 20 + (number % 7), output: 40 + (number % 31) };
}

/** All the ways in which the vendor fails. */
const failures: readonly ((response: ServerResponse, text: string) => void)[] = [
  (response) => refuse(response, 500, "broken"),
  (response) => refuse(response, 503, "overloaded"),
  (response) => refuse(response, 400, "bad"),
  (response) => response.destroy(),
  (response) => begin(response),
  (response) => {
    begin(response);
    response.end();
  },
  (response) => {
    begin(response);
    response.end("data: {half\n\n");
  },
  async (response, text) => {
    begin(response);
    piece(response, text.slice(0, 20));
    await sleep(5);
    response.destroy();
  },
];

/** Answers as it is asked, piece by piece, and fails one request in five, in all its ways. */
export function playsOf(random: () => number): Play {
  return async (response, prompt) => {
    const { text, input, output } = answerTo(prompt);
    if (random() < 0.2) {
      failures[Math.floor(random() * failures.length)]?.(response, text);
      return;
    }
    begin(response);
    const size = Math.ceil(text.length / 5);
    for (let at = 0; at < text.length && !response.destroyed; at += size) {
      piece(response, text.slice(at, at + size));
      await sleep(random() * 8);
    }
    if (!response.destroyed) finish(response, input, output);
  };
}
