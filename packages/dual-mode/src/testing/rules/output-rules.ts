import { equal } from "node:assert/strict";
import { expectCode } from "../outcome.ts";
import { plain, whole, written } from "../plays.ts";
import type { Rule } from "../rule.ts";
import type { Script } from "../script.ts";
import type { Stage } from "../stage.ts";

const answer = plain.texts.join("");

/** Rules for what real commands print on stdout, and for processes that stay after their answer. */
export const outputRules: readonly Rule[] = [
  {
    name: "a command that stays after its whole answer is ended, and the answer kept",
    purpose: "The answer is there, and paid: who waits for the process pays it twice.",
    mode: "cli",
    check: async ({ stage, client }) => {
      const { steps, ending } = whole(stage);
      stage.play({ steps: [...steps, { hold: true }], ending });
      const { text } = await client({ timeout: { idle: 3_000 } }).chat("Hello");
      equal(text, answer);
      equal(stage.alive(), 0, "Its process was left.");
    },
  },
  {
    name: "terminal codes and notices beside a line are no part of it",
    purpose: "Titles, progress bars and update notices come without a line break too.",
    mode: "cli",
    check: async ({ stage, client }) => {
      const codes = ["\u001b]0;title\u0007", "\u001b[?25l", "\uFEFF", "An update is there. "];
      for (const before of codes) {
        const events = stage.answer(plain);
        stage.play({ steps: written(events.map((line) => `${before}${line}`)), ending: "end" });
        equal((await client().chat("Hello")).text, answer);
      }
    },
  },
  {
    name: "a line that is cut is INVALID_OUTPUT",
    purpose: "What was in it is lost: the rest is not the whole answer.",
    mode: "cli",
    check: async ({ stage, client }) => {
      stage.play(changedLine(stage, (line) => `${line.slice(0, line.length / 2)}\n`));
      await expectCode(client(), "INVALID_OUTPUT");
    },
  },
  {
    name: "a text that is of another type is INVALID_OUTPUT",
    purpose: "It is the command's fault: another attempt, or another route, may answer.",
    mode: "cli",
    check: async ({ stage, client }) => {
      for (const other of ["7", "null", '["x"]']) {
        const piece = JSON.stringify(plain.texts[0]);
        stage.play(changedLine(stage, (line) => line.replace(piece, other)));
        await expectCode(client(), "INVALID_OUTPUT");
      }
    },
  },
];

/** A whole answer in which the line of the first words is changed. */
function changedLine(stage: Stage, change: (line: string) => string): Script {
  const [first = ""] = plain.texts;
  let isChanged = false;
  const lines = stage.answer(plain).map((line) => {
    if (isChanged || !line.includes(first)) return line;
    isChanged = true;
    return change(line);
  });
  return { steps: written(lines), ending: "end" };
}
