import { deepEqual, equal, match, ok } from "node:assert/strict";
import { failureOf, thrownBy } from "../outcome.ts";
import type { PlayedFailure } from "../played-answer.ts";
import type { Ground, Rule } from "../rule.ts";

type Refusal = PlayedFailure & { readonly name: string };

/**
 * Refusals whose status blames the request or the key, while their message blames something else.
 */
const refusals: readonly Refusal[] = [
  {
    code: "QUOTA_EXHAUSTED",
    name: "used-up credit that is told as a wrong request",
    status: 400,
    type: "invalid_request_error",
    message: "Your credit balance is too low.",
  },
  {
    code: "AUTHENTICATION_FAILED",
    name: "an organization that is shut out by a wrong request",
    status: 400,
    type: "invalid_request_error",
    message: "This organization has been disabled.",
  },
  {
    code: "AUTHENTICATION_FAILED",
    name: "a place that is not served",
    status: 403,
    type: "unsupported_country_region_territory",
    message: "Country, region, or territory not supported.",
  },
  {
    code: "MODEL_NOT_FOUND",
    name: "a model that the key may not use",
    status: 403,
    type: "model_not_found",
    message: "Your project does not have access to the model.",
  },
];

/** Rules for what a refusal blames, which decides which route is tried next. */
export const blameRules: readonly Rule[] = [
  ...refusals.map(
    ({ name, ...refusal }): Rule => ({
      name: `${name} is ${refusal.code}: every key is asked, and each once`,
      purpose:
        "It blames the account and not the request: another key, or another provider, may answer. Waiting does not help.",
      check: (ground) => asksEveryKey(ground, refusal),
    }),
  ),
  {
    name: "a path that the server does not have is WRONG_ADDRESS",
    purpose:
      "No other model or key helps: a user must read which base URL was asked, and who set it.",
    mode: "sdk",
    check: async ({ stage, client }) => {
      const [status, message] = [404, "Not Found"];
      stage.play(stage.refusal({ code: "WRONG_ADDRESS", status, type: "not_found", message }));
      const { code, fix = "" } = await failureOf(client());
      equal(code, "WRONG_ADDRESS");
      match(fix, /base URL/);
    },
  },
];

async function asksEveryKey({ stage, key, client }: Ground, refusal: PlayedFailure): Promise<void> {
  stage.play(stage.refusal(refusal));
  const asked = client({ apiKey: undefined, apiKeys: [`${key}-1`, `${key}-2`], retry: 2 });
  const [status] = await asked.status();
  const { attempts } = await thrownBy(asked);
  const told = attempts.filter(({ ms, code }) => ms > 0 || code === refusal.code);
  deepEqual(new Set(told.map(({ code }) => code)), new Set([refusal.code]));
  equal(stage.sent().length, told.length, "A credential was asked more than once, or not at all.");
  equal(new Set(told.map(({ credential }) => credential)).size, told.length);
  const credentials = told.map(({ credential }) => credential);
  const keyed = status?.credential !== undefined && credentials.some((each) => each !== "login");
  ok(!keyed || credentials.includes("option[1]"), "The second key was not asked.");
}
