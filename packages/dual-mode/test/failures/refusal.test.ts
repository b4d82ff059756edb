import { expect, test } from "vitest";
import { cpuTime } from "../../../../test/cpu-time.ts";
import { readRefusal } from "../../src/failures/refusal.ts";
import { waitInWords } from "../../src/failures/wait-in-words.ts";

test.each([
  [{ error: { message: "No.", type: "t", code: "c" } }, "No.", ["t", "c"], undefined],
  [{ error: "No." }, "No.", [], undefined],
  [{ message: "No.", status: "NOPE" }, "No.", ["NOPE"], undefined],
  [{ detail: "No." }, "No.", [], undefined],
  [{ detail: [{ msg: "No.", type: "missing" }] }, "No.", ["missing"], undefined],
  [[{ error: { message: "No.", code: 503 } }], "No.", [], 503],
  [{ error: { message: "No.", code: "429" } }, "No.", [], 429],
  [{ type: "error", error: { type: "t", message: "No." } }, "No.", ["t"], undefined],
  [`API Error: 400 {"error":{"type":"t","message":"No."}}`, "API Error: 400 No.", ["t"], undefined],
  [{ error: { message: '{"error":{"code":403,"message":"No."}}\n', code: 400 } }, "No.", [], 400],
  [
    { error: { message: "It failed", metadata: { raw: '{"error":"No."}' } } },
    "It failed No.",
    [],
    undefined,
  ],
  [
    // takeshy/obsidian-gemini-helper#80: events of a stream in an SDK's JSON
    {
      message: JSON.stringify({
        error: { message: 'event: error\ndata: {"error":{"message":"No."}}' },
      }),
    },
    "event: error\ndata: No.",
    [],
    undefined,
  ],
  ["No { at all", "No { at all", [], undefined],
  ["", "", [], undefined],
  ["[]", "[]", [], undefined],
  [null, "", [], undefined],
  [{ error: { message: 7, type: 8, code: null } }, "", [], undefined],
])("%j", (body, said, types, status) => {
  expect(readRefusal(body)).toMatchObject({ said, types, status });
});

test("a page is told by its words", () => {
  const body = "<html><style>b{}</style><title>Bad\n gateway</title><script>x<1</script></html>";
  expect(readRefusal(body)).toMatchObject({ said: "Bad gateway", page: true });
});

test("a page inside of JSON, or behind a few words, is one too", () => {
  const page = "<!DOCTYPE html><html><title>Bad gateway</title></html>";
  const told = { said: "Bad gateway", status: 502, page: true };
  const error = { message: page, code: 502 };
  expect(readRefusal(JSON.stringify({ error }))).toMatchObject(told);
  expect(readRefusal(`502 ${page}`)).toMatchObject({ said: "502 Bad gateway", page: true });
});

test("the status of the answer goes before one in its body, but not that of a good one", () => {
  const body = { error: { code: 429, message: "No." } };
  expect(readRefusal(body, { status: 503 }).status).toBe(503);
  expect(readRefusal(body, { status: 200 }).status).toBe(429);
});

test("google.rpc tells reasons, quotas and the wait in its details", () => {
  const details = [
    { "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason: "RATE_LIMIT_EXCEEDED" },
    { violations: [{ quotaId: "GenerateRequestsPerDay" }] },
    { retryDelay: "34.0745s" },
  ];
  const { types, retryAfter } = readRefusal({ error: { message: "No.", details } });
  expect(types).toEqual(["RATE_LIMIT_EXCEEDED", "GenerateRequestsPerDay"]);
  expect(retryAfter).toBe(34_075);
});

test("a body without end to its depth is read as far as it makes sense", () => {
  let body: unknown = "No.";
  for (let depth = 0; depth < 1000; depth += 1) body = { error: body };
  expect(readRefusal(body).said).toBe("");
});

test.each(["{", "[", " ", "<", '{"a":', "[[ "])("a megabyte of %j is read at once", (piece) => {
  const body = piece.repeat(1_000_000 / piece.length);
  expect(cpuTime(() => readRefusal(body))).toBeLessThan(500);
});

test.each([
  ["Please try again in 7m12.5s.", 432_500],
  ["Please retry in 20.04466179s.", 20_045],
  ["Please retry after 26 seconds.", 26_000],
  ["try again in 120ms", 120],
  ["Your quota will reset after 8h44m7s.", 31_447_000],
  ["Try again in 1 hour and 5 minutes.", 3_900_000],
  ["Please try again in 3 days", 259_200_000],
  ["Try again later.", undefined],
  ["Retry in a moment", undefined],
  ["Try again in 5 fortnights", undefined],
])("%j names %s ms", (said, wait) => {
  expect(waitInWords(said)).toBe(wait);
});
