import { expect, test } from "vitest";
import { cpuTime } from "../../../../test/cpu-time.ts";
import { judgeRefusal } from "../../src/failures/judge-refusal.ts";
import type { RefusalContext, Refusals } from "../../src/failures/refusal-context.ts";
import { refusalError } from "../../src/failures/refusal-error.ts";

const own: Refusals = {
  failures: [
    { code: "QUOTA_EXHAUSTED", words: "purse … empty", fix: "Fill it." },
    { code: "OVERLOADED", type: "too_tired", status: 418 },
    { code: "TIMEOUT", words: "too slow", status: [] },
    { code: "RATE_LIMITED", words: "once a week", cooldown: 0 },
  ],
  fixes: { AUTHENTICATION_FAILED: "Look at the key." },
};

interface Told extends RefusalContext {
  readonly said?: string;
}

function judge({ said = "", ...context }: Told) {
  const { said: _, status: __, ...verdict } = judgeRefusal(said, { ...own, ...context });
  return verdict;
}

test.each([
  [301, "WRONG_ADDRESS"],
  [400, "INVALID_REQUEST"],
  [401, "AUTHENTICATION_FAILED"],
  [402, "QUOTA_EXHAUSTED"],
  [403, "AUTHENTICATION_FAILED"],
  [404, "WRONG_ADDRESS"],
  [405, "WRONG_ADDRESS"],
  [408, "TIMEOUT"],
  [410, "WRONG_ADDRESS"],
  [413, "CONTEXT_TOO_LONG"],
  [422, "INVALID_REQUEST"],
  [429, "RATE_LIMITED"],
  [451, "AUTHENTICATION_FAILED"],
  [500, "SERVER_ERROR"],
  [502, "SERVER_ERROR"],
  [503, "OVERLOADED"],
  [504, "SERVER_ERROR"],
  [529, "OVERLOADED"],
] as const)("%i alone is %s", (status, code) => {
  expect(judge({ status }).code).toBe(code);
});

test.each([
  ["invalid_request_error", "INVALID_REQUEST"],
  ["overloaded_error", "OVERLOADED"],
  ["rate_limit_error", "RATE_LIMITED"],
  ["authentication_error", "AUTHENTICATION_FAILED"],
  ["UNAVAILABLE", "OVERLOADED"],
  ["RESOURCE_EXHAUSTED", "RATE_LIMITED"],
  ["api_error", "SERVER_ERROR"],
  ["constructor", "SERVER_ERROR"],
  ["__proto__", "SERVER_ERROR"],
] as const)("%s without a status is %s", (type, code) => {
  expect(judge({ types: [type] }).code).toBe(code);
});

test("a row of one's own goes before the status, in any case and with any white space", () => {
  const said = "Your  Purse\n is quite EMPTY.";
  expect(judge({ status: 400, said })).toEqual({ code: "QUOTA_EXHAUSTED", fix: "Fill it." });
});

test("a row goes before what is usual", () => {
  const failures = [{ code: "SERVER_ERROR", type: "insufficient_quota" }] as const;
  const types = ["insufficient_quota"];
  expect(judge({ types, status: 429, failures }).code).toBe("SERVER_ERROR");
  expect(judge({ types, status: 429 }).code).toBe("QUOTA_EXHAUSTED");
});

test("a type may mean something with one status alone", () => {
  const types = ["TOO_TIRED"];
  expect(judge({ types, status: 418 }).code).toBe("OVERLOADED");
  expect(judge({ types, status: 400 }).code).toBe("INVALID_REQUEST");
  expect(judge({ types }).code).toBe("SERVER_ERROR");
});

test("a row may be for refusals without a status alone", () => {
  expect(judge({ said: "It was too slow." }).code).toBe("TIMEOUT");
  expect(judge({ said: "It was too slow.", status: 400 }).code).toBe("INVALID_REQUEST");
});

test("words that stand too far apart do not fit", () => {
  const said = `The purse is ${"very ".repeat(60)}big. The room is empty.`;
  expect(judge({ status: 400, said }).code).toBe("INVALID_REQUEST");
});

test("the usual fix of a code is told where the row has none", () => {
  expect(judge({ status: 401 }).fix).toBe("Look at the key.");
});

test("a wait is told from its header, else from the words, and not where the row knows better", () => {
  const said = "Slow down: try again in 2m3.5s.";
  expect(judge({ status: 429, said, retryAfter: 7 }).retryAfter).toBe(7);
  expect(judge({ status: 429, said }).retryAfter).toBe(123_500);
  const weekly = "You may ask once a week: try again in 3 days.";
  expect(judge({ status: 429, said: weekly })).toEqual({ code: "RATE_LIMITED", cooldown: 0 });
});

test.each(["model ", "purse ", "token count ", "the server's model does not "])(
  "a megabyte of %j is judged at once",
  (piece) => {
    const said = piece.repeat(1_000_000 / piece.length);
    expect(cpuTime(() => judge({ status: 400, said }))).toBeLessThan(500);
  },
);

test("what nobody knows is what the caller takes it for", () => {
  expect(judge({ said: "Oh." }).code).toBe("SERVER_ERROR");
  expect(judge({ said: "Oh.", otherwise: "CLI_CRASHED" }).code).toBe("CLI_CRASHED");
});

test("the error tells who refused, the status and the words, and no more than its bound", async () => {
  const cause = new Error("x");
  const said = { error: { message: "Your purse is empty." } };
  const error = await refusalError(said, { ...own, who: "The bank refused", status: 402, cause });
  expect(error).toMatchObject({
    code: "QUOTA_EXHAUSTED",
    message: "The bank refused (402): Your purse is empty.",
    fix: "Fill it.",
    status: 402,
    cause,
  });
  expect((await refusalError("")).message).toBe("The server refused.");
  expect((await refusalError("x".repeat(100_000))).message.length).toBeLessThan(700);
});
