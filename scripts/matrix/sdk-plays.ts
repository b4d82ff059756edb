import type { Answer } from "../loopback-server.ts";
import {
  answerEvents,
  openStream,
  plays,
  playsEvents,
  refuses,
  type Vendor,
} from "../vendor-answers.ts";

/** How a vendor's server plays a failure that its SDK then meets. */
export function sdkPlay(vendor: Vendor, name: string): Answer | undefined {
  const kinds = refusalsOf(vendor);
  const refusal = kinds[name];
  if (refusal !== undefined) return refusal;
  switch (name) {
    case "NETWORK":
      return (response) => {
        response.socket?.destroy();
      };
    case "INVALID_OUTPUT":
      return playsEvents([]);
    case "REDIRECT":
      return (response) => {
        response.writeHead(307, { location: "http://127.0.0.1:9/elsewhere" }).end();
      };
    case "ENDLESS":
      return endless;
    case "PIECE":
      return playsEvents(['data: {"half\n\n', ...answerEvents(vendor, ["right"])]);
    case "HANG":
      return (response) => {
        openStream(response);
      };
    case "CONTENT_FILTERED":
      return filtered(vendor);
    case "":
      return plays(vendor, "right");
    default:
      return undefined;
  }
}

/** Keep-alives until nobody listens any more. */
const endless: Answer = (response) => {
  openStream(response);
  const piece = `: ${"x".repeat(1024 * 1024)}\n\n`;
  const more = () => {
    while (!response.destroyed && response.write(piece));
  };
  response.on("drain", more);
  more();
};

function refusalsOf(vendor: Vendor): Readonly<Record<string, Answer>> {
  const refuse = (status: number, type: string, message: string, headers = {}) =>
    refuses(vendor, status, { type, message }, headers);
  return {
    AUTHENTICATION_FAILED: refuse(401, "authentication_error", "invalid x-api-key"),
    RATE_LIMITED: refuse(429, "rate_limit_error", "Slow down", { "retry-after": "30" }),
    QUOTA_EXHAUSTED: quota(vendor),
    MODEL_NOT_FOUND: refuse(404, "not_found_error", "model: no-such-model"),
    SPEND_LIMIT_400: refuse(400, "invalid_request_error", "You have hit your spend limit."),
    ORGANIZATION_400: refuse(400, "invalid_request_error", "This organization has been disabled."),
    PLACE_403: refuse(403, "forbidden", "This is not available in your country."),
    MODEL_403: refuse(403, "permission_error", "This key does not have access to the model."),
    PLAN_429: refuse(429, "rate_limit_error", "The limit of requests per day is reached."),
    PATH_404: refuse(404, "not_found_error", "Not Found"),
    OVERLOADED: refuse(vendor === "claude" ? 529 : 503, "overloaded_error", "Overloaded"),
    SERVER_ERROR: refuse(500, "api_error", "Internal server error"),
    INVALID_REQUEST: refuse(400, "invalid_request_error", "messages: bad"),
    CONTEXT_TOO_LONG: refuse(413, "request_too_large", "Request exceeds the maximum size"),
  };
}

function quota(vendor: Vendor): Answer {
  const message = "Your credit balance is too low to access the API.";
  return vendor === "claude"
    ? refuses(vendor, 400, { type: "invalid_request_error", message })
    : refuses(vendor, 402, { type: "insufficient_quota", message });
}

function filtered(vendor: Vendor): Answer {
  const line = (data: unknown) => `data: ${JSON.stringify(data)}\n\n`;
  if (vendor === "gemini") {
    return playsEvents([
      line({ promptFeedback: { blockReason: "SAFETY" }, modelVersion: "played" }),
    ]);
  }
  if (vendor === "openai") {
    const details = { reason: "content_filter" };
    const response = {
      id: "1",
      model: "played",
      status: "incomplete",
      incomplete_details: details,
    };
    return playsEvents([line({ type: "response.incomplete", response })]);
  }
  if (vendor === "groq") {
    const choice = { index: 0, delta: {}, finish_reason: "content_filter" };
    return playsEvents([line({ id: "1", model: "played", choices: [choice] }), "data: [DONE]\n\n"]);
  }
  const message = {
    id: "m",
    type: "message",
    role: "assistant",
    content: [],
    model: "played",
    usage: {},
  };
  return playsEvents(
    [
      { type: "message_start", message },
      { type: "message_delta", delta: { stop_reason: "refusal" }, usage: { output_tokens: 0 } },
      { type: "message_stop" },
    ].map((event) => `event: ${event.type}\n${line(event)}`),
  );
}
