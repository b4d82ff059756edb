import { deepEqual, equal, ok } from "node:assert/strict";
import { expectCode } from "../outcome.ts";
import { plain, whole, written } from "../plays.ts";
import type { Ground, Rule } from "../rule.ts";
import type { Script, Step } from "../script.ts";
import type { Stage } from "../stage.ts";

const others: readonly unknown[] = [null, "", "7", -7, true, {}, []];

/**
 * Rules for unexpected data: a vendor may send other types than it documents, and events that are
 * not part of the answer.
 */
export const foreignRules: readonly Rule[] = [
  {
    name: "what only shows that more will come is no part of the answer, and keeps it alive",
    purpose:
      "A model that thinks for long is not one that is gone: to ask again would be paid twice.",
    needs: "signOfLife",
    check: async ({ stage, client }) => {
      stage.play(lively(stage));
      const { text } = await client({ timeout: { idle: 1_000 } }).chat("Tell me a story.");
      equal(text, plain.texts.join(""));
    },
  },
  {
    name: "a piece of the text that is no text is INVALID_OUTPUT",
    purpose:
      "Without it the rest is not the whole answer, and no code of the provider is at fault.",
    mode: "sdk",
    check: async ({ stage, client }) => {
      for (const other of [7, true, { a: 1 }]) {
        stage.play(changed(stage, plain.texts[1], other));
        await expectCode(client(), "INVALID_OUTPUT");
      }
    },
  },
  {
    name: "a name or a count of another type is left out, or INVALID_OUTPUT",
    purpose: "A reply is of the types that it promises, whatever the vendor sends.",
    mode: "sdk",
    check: async ({ stage, client }) => {
      for (const value of [plain.model, plain.inputTokens]) {
        for (const other of others) {
          stage.play(changed(stage, value, other));
          await expectOwnTypes(client);
        }
      }
    },
  },
];

/** Signs of life before the first words and, for longer than the idle timeout, after them. */
function lively(stage: Stage): Script {
  const { signOfLife = "" } = stage;
  const events = stage.answer(plain);
  const words = events.findIndex((event) => event.includes(plain.texts[0] ?? "")) + 1;
  const sign: readonly Step[] = [{ wait: 250 }, { write: signOfLife }];
  const signs = Array.from({ length: 6 }, () => sign).flat();
  const begun = [{ write: signOfLife }, ...written(events.slice(0, words))];
  return { steps: [...begun, ...signs, ...written(events.slice(words))], ending: "end" };
}

/** The plain answer, with one value replaced wherever it occurs in the JSON. */
function changed(stage: Stage, value: unknown, other: unknown): Script {
  const { steps, ending } = whole(stage);
  const from = JSON.stringify(value);
  const to = JSON.stringify(other);
  const change = (step: Step) =>
    "write" in step ? { write: step.write.replaceAll(from, to) } : step;
  return { steps: steps.map(change), ending };
}

async function expectOwnTypes(client: Ground["client"]): Promise<void> {
  const made = client();
  const reply = await made.chat("Tell me a story.").catch(() => undefined);
  if (reply === undefined) return expectCode(made, "INVALID_OUTPUT");
  ok(typeof reply.model === "string" && reply.model !== "", "The reply names no model.");
  const counts = Object.values(reply.usage ?? {});
  deepEqual(
    counts.filter((count) => !(Number.isFinite(count) && count >= 0)),
    [],
  );
}
