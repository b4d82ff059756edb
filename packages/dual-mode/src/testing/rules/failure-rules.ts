import { equal } from "node:assert/strict";
import { expectCode, failureOf } from "../outcome.ts";
import type { PlayedFailure } from "../played-answer.ts";
import { whole } from "../plays.ts";
import type { Rule } from "../rule.ts";

type Failure = PlayedFailure & { readonly name: string; readonly purpose: string };

const failures: readonly Failure[] = [
  {
    code: "AUTHENTICATION_FAILED",
    name: "a refused key",
    status: 401,
    type: "invalid_api_key",
    message: "Invalid API key.",
    purpose: "The engine goes on with another key, and lets this one rest.",
  },
  {
    code: "RATE_LIMITED",
    name: "too many requests",
    status: 429,
    type: "rate_limit_exceeded",
    message: "Too many requests: slow down.",
    retryAfter: 7,
    purpose: "The engine goes on with another key, or waits as long as the vendor says.",
  },
  {
    code: "QUOTA_EXHAUSTED",
    name: "used-up credit",
    status: 429,
    type: "insufficient_quota",
    message: "You exceeded your current quota: insufficient_quota.",
    purpose: "Waiting does not help: the engine goes on with another key.",
  },
  {
    code: "MODEL_NOT_FOUND",
    name: "a model that is not there",
    status: 404,
    type: "model_not_found",
    message: "The model is not found.",
    purpose: "Another key may be allowed to use the model: the engine tries it.",
  },
  {
    code: "OVERLOADED",
    name: "an overloaded server",
    status: 503,
    type: "overloaded_error",
    message: "Overloaded",
    purpose: "It passes: the engine tries again after a pause.",
  },
  {
    code: "SERVER_ERROR",
    name: "a fault of the server",
    status: 500,
    type: "internal_error",
    message: "Internal server error",
    purpose: "It may pass: the engine tries again after a pause.",
  },
  {
    code: "INVALID_REQUEST",
    name: "a request that is refused as wrong",
    status: 400,
    type: "invalid_request_error",
    message: "messages: a member is wrong",
    purpose: "No other route can help: it is thrown at once, and no second call is paid.",
  },
  {
    code: "CONTEXT_TOO_LONG",
    name: "a prompt that is too long",
    status: 400,
    type: "context_length_exceeded",
    message: "prompt is too long: 205000 tokens > 200000 maximum (context length exceeded)",
    purpose: "No other route can help: it is thrown at once, and no second call is paid.",
  },
];

/** Rules for the meaning of the vendor's refusals. */
export const failureRules: readonly Rule[] = [
  ...failures.map(
    ({ name, purpose, ...failure }): Rule => ({
      name: `${name} is ${failure.code}`,
      purpose,
      check: async ({ stage, client }) => {
        stage.play(stage.refusal(failure));
        await expectCode(client(), failure.code);
      },
    }),
  ),
  {
    name: "the wait that the vendor asks for is passed on",
    purpose: "The engine waits as long as the vendor says, not longer and not shorter.",
    check: async ({ stage, client }) => {
      const limit = failures.find(({ code }) => code === "RATE_LIMITED") as Failure;
      stage.play(stage.refusal(limit));
      equal((await failureOf(client())).retryAfter, 7_000);
    },
  },
  {
    name: "an answer held back by a filter is CONTENT_FILTERED",
    purpose: "No other route can help, and an empty text must not pass for an answer.",
    check: async ({ stage, client }) => {
      stage.play(whole(stage, { finish: "content-filter", texts: [] }));
      await expectCode(client(), "CONTENT_FILTERED");
    },
  },
];
