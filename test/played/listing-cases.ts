import type { Answer } from "../../scripts/loopback-server.ts";
import type { Vendor } from "../../scripts/vendor-answers.ts";
import { type FailureCase, failureCases } from "./failure-cases.ts";

const refusals = /^(bad key|403|429 with a wait|500|503|529|connection reset)$/;

/** What can go wrong where a vendor is asked for its models. */
export function listingFailures(vendor: Vendor): readonly FailureCase[] {
  const unreadable = ["", "null", "{}", "[]", '{"data":[{}],"models":[{}]}', '{"data": oops'];
  return [
    ...failureCases(vendor).filter(({ name }) => refusals.test(name)),
    ...unreadable.map(
      (body): FailureCase => ({
        name: `an answer of ${JSON.stringify(body)}`,
        answer: json(body),
        code: "INVALID_OUTPUT",
      }),
    ),
    { name: "an answer that is not JSON", answer: page, code: "INVALID_OUTPUT" },
    { name: "an answer cut in the middle", answer: cut, code: "NETWORK" },
  ];
}

/** Answers with this JSON. */
export function json(body: string): Answer {
  return (response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.end(body);
  };
}

const page: Answer = (response) => {
  response.writeHead(200, { "content-type": "text/html" });
  response.end("<html>A proxy's own page</html>");
};

const cut: Answer = (response) => {
  response.writeHead(200, { "content-type": "application/json" });
  response.write('{"data":[{"id":"a"},', () => setTimeout(() => response.destroy(), 20));
};
