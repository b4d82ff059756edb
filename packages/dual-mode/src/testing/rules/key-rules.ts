import { equal, ok } from "node:assert/strict";
import { DualModeError } from "../../error.ts";
import { withEnvironment } from "../environment.ts";
import { fault } from "../fault.ts";
import { whole } from "../plays.ts";
import type { Ground, Rule } from "../rule.ts";

/** Rules for where a key may be, and where it must not be. */
export const keyRules: readonly Rule[] = [
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
    name: "a call without a key is MISSING_CREDENTIALS, or it needs none",
    purpose: "A vendor must not be asked without a key, and a user reads where a key is put.",
    check: withoutKey,
  },
];

async function withoutKey({ stage, client }: Ground): Promise<void> {
  stage.play(whole(stage));
  const [status] = await client({ apiKey: undefined }).status();
  const unset = (status?.credential?.env ?? []).map((name) => [name, undefined]);
  const ask = () => client({ apiKey: undefined }).chat("Hello");
  const error: unknown = await withEnvironment(Object.fromEntries(unset), ask).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  const sent = stage.sent().flatMap(({ surroundings }) => Object.values(surroundings));
  const empty = sent.find((value) => /^(Bearer )?(undefined|null)$|^Bearer$/i.test(value.trim()));
  if (error === undefined) return equal(empty, undefined, "An empty key was sent.");
  const attempts = DualModeError.is(error) ? error.attempts : [];
  const told = attempts.find(({ code }) => code === "MISSING_CREDENTIALS");
  ok(told?.fix, `Where a key is put is not told: ${String(error)}`);
  equal(sent.length, 0, "The vendor was asked without a key.");
}
