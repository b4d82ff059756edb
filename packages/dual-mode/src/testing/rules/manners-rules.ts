import { deepEqual, equal, ok, rejects } from "node:assert/strict";
import { setTimeout } from "node:timers/promises";
import type { ClientOptions } from "../../contract/client.ts";
import { whole } from "../plays.ts";
import type { Rule } from "../rule.ts";
import type { PlayedFailure } from "../wire.ts";

const fault: PlayedFailure = {
  code: "SERVER_ERROR",
  status: 500,
  type: "internal_error",
  message: "Internal server error",
};

/** How a provider behaves beside its answers. */
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
    name: "neither key nor prompt is in the address or the arguments",
    purpose: "Both are shown to others: in logs of proxies, in the list of processes.",
    check: async ({ stage, client, key }) => {
      stage.play(whole(stage));
      await client().chat("marked-prompt");
      const exposed = stage
        .sent()
        .map((each) => each.exposed)
        .join("\n");
      ok(!exposed.includes(key), "The key is there.");
      ok(!exposed.includes("marked-prompt"), "The prompt is there.");
    },
  },
  {
    name: "the key is in no error",
    purpose:
      "Errors are logged and sent around: a vendor that repeats the key must not give it away.",
    check: async ({ stage, client, key }) => {
      stage.play(stage.refusal({ ...fault, message: `The key ${key} is no good.` }));
      const error: unknown = await client()
        .chat("Hello")
        .catch((thrown: unknown) => thrown);
      const { message, stack, cause } = error as Error;
      const shown = [message, stack, JSON.stringify(error), String(cause), JSON.stringify(cause)];
      const given = stage.sent().flatMap(({ surroundings }) => Object.values(surroundings));
      const known = given.some((value) => value.includes(key));
      ok(!known || !shown.join("\n").includes(key), "The key is in the error.");
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
