import { expect, it } from "vitest";
import { believedId } from "../../src/failures/believed-id.ts";
import { refusalError } from "../../src/failures/refusal-error.ts";
import { requestId } from "../../src/http/request-id.ts";

it.each([
  ["the vendor's own header", { "request-id": "req_011C", "x-request-id": "edge-1" }, "req_011C"],
  ["a header in any case", { "X-Request-Id": "req_01k" }, "req_01k"],
  ["a cloud's", { "apim-request-id": "6f1d0b0e-7c8d-4c1e-9a61-0c7d1d5b7a11" }, "6f1d0b0e"],
  ["none", { "content-type": "text/html" }, undefined],
  ["one that is no id", { "request-id": "<script>" }, undefined],
])("a request's id is %s", (_, headers, id) => {
  const found = requestId(headers);
  if (id === undefined) expect(found).toBeUndefined();
  else expect(found).toMatch(new RegExp(`^${id}`));
});

it.each([
  ["a member of the body", { error: { message: "No." }, request_id: "req_011D" }, "req_011D"],
  [
    "a body inside of words",
    'API Error: 401 {"error":{"message":"No."},"request_id":"req_9"}',
    "req_9",
  ],
  [
    "rich details",
    { error: { message: "No.", details: [{ "@type": "RequestInfo", requestId: "abc-1" }] } },
    "abc-1",
  ],
  // openai/openai-node#1730: the id stood in the words, and the error's request_id was undefined.
  [
    "the vendor's words",
    "Please include the request ID req_1332ed8a813a4caaa2f0f3c55a6a68cb in your message.",
    "req_1332ed8a813a4caaa2f0f3c55a6a68cb",
  ],
  [
    "nothing in words that only speak of one",
    "The request id in your message is missing.",
    undefined,
  ],
])("a refusal's id is %s", async (_, body, id) => {
  expect((await refusalError(body)).requestId).toBe(id);
});

it("what came from outside is an id or nothing", () => {
  for (const said of ["a b", "x".repeat(200), "", 7, null, "\u001b[31m"]) {
    expect(believedId(said)).toBeUndefined();
  }
});
