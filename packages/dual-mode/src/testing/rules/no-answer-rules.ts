import type { Mode } from "../../contract/mode.ts";
import { expectCode } from "../outcome.ts";
import { half, paused, plain, whole, written } from "../plays.ts";
import type { Rule } from "../rule.ts";

/** Rules for responses that may look like an answer, but are not one. */
export const noAnswerRules: readonly Rule[] = [
  {
    name: "a connection reset before the answer is NETWORK",
    purpose: "It may pass: the engine tries again.",
    mode: "sdk",
    check: async ({ stage, client }) => {
      stage.play({ steps: [], ending: "cut" });
      await expectCode(client(), "NETWORK");
    },
  },
  {
    name: "an answer cut in mid-stream is no answer",
    purpose: "Half an answer must not be taken, nor kept in the cache, for a whole one.",
    check: async ({ stage, client }) => {
      stage.play(half(stage, { ending: "cut" }));
      await expectCode(client(), stage.mode === "cli" ? "CLI_CRASHED" : "NETWORK");
    },
  },
  {
    name: "an answer that ends without its last event is no answer",
    purpose: "A proxy that closes a stream early closes it well: only the vendor's own end counts.",
    check: async ({ stage, client }) => {
      stage.play(half(stage, {}));
      await expectCode(client(), "NETWORK", "INVALID_OUTPUT");
    },
  },
  {
    name: "nothing at all is INVALID_OUTPUT",
    purpose: "An answer without content must not pass for one, nor for a fault of the provider.",
    check: async ({ stage, client }) => {
      stage.play({ steps: [], ending: "end" });
      await expectCode(client(), "INVALID_OUTPUT");
    },
  },
  {
    name: "an event that cannot be read is INVALID_OUTPUT",
    purpose: "What was in it is lost: the rest is not the whole answer.",
    mode: "sdk",
    check: async ({ stage, client }) => {
      const events = stage.answer(plain);
      const { steps, ending } = half(stage, {});
      const last = events[steps.length - 1] ?? "";
      const broken = { write: `${last.slice(0, last.indexOf(plain.texts[0] ?? ""))}\n\n` };
      const rest = written(events.slice(steps.length));
      stage.play({ steps: [...steps, broken, ...rest], ending });
      await expectCode(client(), "INVALID_OUTPUT");
    },
  },
  {
    name: "a server that says nothing is TIMEOUT",
    purpose: "The first-part timer is the engine's, and the provider must stop when it is told to.",
    check: async ({ stage, client }) => {
      stage.play({ steps: [{ hold: true }], ending: "end" });
      await expectCode(client({ timeout: { firstPart: patience(stage.mode) } }), "TIMEOUT");
    },
  },
  {
    name: "an answer that stands still is TIMEOUT",
    purpose: "The idle timer is the engine's, and the provider must stop when it is told to.",
    check: async ({ stage, client }) => {
      stage.play(paused(stage));
      await expectCode(client({ timeout: { idle: 400 } }), "TIMEOUT");
    },
  },
  {
    name: "an exit code other than 0 after an answer is CLI_CRASHED",
    purpose: "Success is exit 0 and the last event and an answer: each alone is not enough.",
    mode: "cli",
    check: async ({ stage, client }) => {
      stage.play({ ...whole(stage), ending: 77 });
      await expectCode(client(), "CLI_CRASHED");
    },
  },
  {
    name: "lines that are no events are skipped",
    purpose: "A command's stdout is never quite clean: update notices and warnings come there too.",
    mode: "cli",
    check: async ({ stage, client }) => {
      const noise = { write: "(node:1) Warning: something\n{not json\n\n" };
      const { steps, ending } = whole(stage);
      stage.play({ steps: [noise, ...steps.flatMap((step) => [step, noise])], ending });
      await client().chat("Hello");
    },
  },
];

/** The timeout in ms: a command needs time to start. */
function patience(mode: Mode): number {
  return mode === "cli" ? 1_500 : 300;
}
