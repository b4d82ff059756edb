import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import type { ClientOptions } from "../../contract/client.ts";
import { fault } from "../fault.ts";
import { thrownBy } from "../outcome.ts";
import { whole } from "../plays.ts";
import type { Rule } from "../rule.ts";

/** Rules for a provider's behaviour apart from its answers. */
export const mannersRules: readonly Rule[] = [
  {
    name: "nobody is asked before the first call, nor by status",
    purpose: "Making a client, and looking at what the machine has, cost nothing.",
    check: async ({ stage, client }) => {
      stage.play(whole(stage));
      await client().status();
      await setTimeout(50);
      equal(stage.sent().length, 0, "The vendor was asked without a call.");
    },
  },
  {
    name: "an attempt asks the vendor once",
    purpose: "The engine has the one retry loop: the SDK's or the command's own must be off.",
    check: async ({ stage, client }) => {
      stage.play(stage.refusal(fault));
      await client()
        .chat("Hello")
        .catch(() => {});
      equal(stage.sent().length, 1, `The vendor was asked ${stage.sent().length} times.`);
    },
  },
  {
    name: "two calls at once do not mix",
    purpose: "A client serves many callers: what belongs to one call is kept in that call alone.",
    check: async ({ stage, client }) => {
      stage.play(whole(stage, { texts: ["answer ", "one"] }), "marked-one");
      stage.play(whole(stage, { texts: ["answer ", "two"] }), "marked-two");
      const one = client();
      const replies = await Promise.all([one.chat("marked-one"), one.chat("marked-two")]);
      deepEqual(
        replies.map(({ text }) => text),
        ["answer one", "answer two"],
      );
    },
  },
  {
    name: "a long prompt arrives whole",
    purpose: "Prompts are longer than what an argument, or an address, can hold.",
    check: async ({ stage, client }) => {
      stage.play(whole(stage));
      const prompt = `${"long ".repeat(60_000)}marked-end`;
      await client().chat(prompt);
      ok(stage.sent()[0]?.content.includes(prompt), "The prompt did not arrive whole.");
    },
  },
  {
    name: "what is asked of the cache alone is NOT_CACHED, and nobody is asked",
    purpose: "A caller who allows no call must not pay for one.",
    check: async ({ stage, client }) => {
      stage.play(whole(stage));
      const { code } = await thrownBy(client(), { cache: "only" });
      equal(code, "NOT_CACHED");
      equal(stage.sent().length, 0, "The vendor was asked.");
    },
  },
  {
    name: "an option that is not known is refused by its name",
    purpose: "A misspelt option must not be ignored.",
    check: async ({ client }) => {
      const wrong = { noSuchOption: true } as ClientOptions;
      await rejects(async () => client(wrong), {
        code: "INVALID_REQUEST",
        message: /noSuchOption/,
      });
    },
  },
];
