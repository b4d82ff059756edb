import type { FailureRow } from "./failure-row.ts";

const redirect = "It redirects: set the base URL that it leads to.";
const redirects = [300, 301, 302, 303, 304, 305, 306, 307, 308];
const plainHttp = "The server speaks https there: begin the base URL with https://.";

const credentials =
  "Name the proxy's user and password in HTTPS_PROXY: http://user:password@host:port.";
const between =
  "A page for people is no answer of an API: look for a firewall, a proxy or a network's login page between.";

/** Refusals that blame the server, or the path to it. */
export const serverFailures: readonly FailureRow[] = [
  { code: "OVERLOADED", type: "overloaded_error" },
  { code: "OVERLOADED", type: "engine_overloaded_error" },
  { code: "OVERLOADED", words: "overloaded", status: [429, 500, 502, 503, 504, 529] },
  { code: "OVERLOADED", words: "server is busy", status: [429, 500, 502, 503] },
  { code: "OVERLOADED", words: "at capacity", status: [429, 500, 502, 503] },
  { code: "OVERLOADED", words: "over capacity", status: [429, 500, 502, 503] },
  { code: "OVERLOADED", words: "no capacity available", status: [429, 500, 502, 503] },
  { code: "OVERLOADED", words: "loading model", status: [500, 502, 503] },
  { code: "WRONG_ADDRESS", status: redirects, fix: redirect },
  { code: "WRONG_ADDRESS", type: "unknown_url" },
  { code: "WRONG_ADDRESS", words: "unknown request url" },
  { code: "WRONG_ADDRESS", words: "invalid url (", status: 404 },
  { code: "WRONG_ADDRESS", words: "unexpected endpoint or method" },
  { code: "WRONG_ADDRESS", words: "plain http request was sent to https port", fix: plainHttp },
  { code: "NETWORK", status: 407, fix: credentials, retryable: false },
  { code: "NETWORK", page: true, status: [403, 511], fix: between, retryable: false },
];
