import { equal, ok } from "node:assert/strict";
import { whole } from "../plays.ts";
import type { Rule } from "../rule.ts";
import { untilWarm } from "../until-warm.ts";

/** Rules for a command that is started before its call. */
export const waitingRules: readonly Rule[] = [
  {
    name: "a process that waits asks nothing, and takes one call whole",
    purpose: "What is started ahead must not ask by itself, nor know of the call before it.",
    mode: "cli",
    needs: "holds",
    check: async ({ stage, client }) => {
      stage.play(whole(stage));
      const waiting = client({ standby: 1 });
      await waiting.chat("marked-first");
      const asked = await untilWarm(waiting, "marked-later");
      const told = stage.sent().map(({ content }) => content);
      equal(told.length, 1 + asked, `${1 + asked} calls asked the vendor ${told.length} times.`);
      const last = told.at(-1) ?? "";
      ok(last.includes("marked-later"), "The process that had waited was not told its prompt.");
      ok(!last.includes("marked-first"), "It was told of the call before it.");
    },
  },
];
