import { areJudged, error, page } from "./told-refusals.ts";

areJudged([
  [
    "UKGovernmentBEIS/inspect_ai#5218",
    undefined,
    error("some-model is currently over capacity. Please try again.", "internal_server_error"),
    "OVERLOADED",
  ],
  ["ggml-org/llama.cpp: starting", 503, error("Loading model", "unavailable_error"), "OVERLOADED"],
  [
    "platform.moonshot.ai: 429",
    429,
    error("The engine is currently overloaded", "engine_overloaded_error"),
    "OVERLOADED",
  ],
  [
    "google-gemini/gemini-cli#23980",
    429,
    error("No capacity available for model x on the server"),
    "OVERLOADED",
  ],
  ["a provider behind a router", 500, error("Provider returned: overloaded_error"), "OVERLOADED"],
  [
    "openrouter.ai/docs: errors in mid-stream",
    200,
    error("Provider disconnected", undefined, 502),
    "SERVER_ERROR",
  ],
  [
    "docs.aws.amazon.com: Bedrock throttling",
    400,
    { __type: "ThrottlingException", message: "Too many tokens, please wait." },
    "RATE_LIMITED",
  ],
  ["Cloudflare 1015", 429, page("Access denied", "You are being rate limited"), "RATE_LIMITED"],
  ["Cloudflare: the origin is down", 521, page("521: Web server is down"), "SERVER_ERROR"],
  ["Cloudflare: a time-out", 524, page("524: A timeout occurred"), "SERVER_ERROR"],
  ["nothing at all", 500, "", "SERVER_ERROR"],
  ["nothing at all", 429, "", "RATE_LIMITED"],
  ["a list", 429, [error("Resource exhausted", undefined, 429)], "RATE_LIMITED"],
  ["a proxy that wants a password", 407, page("Proxy Authentication Required"), "NETWORK"],
]);
