import type { Code } from "@acc/dual-mode";
import type { Answer } from "../../scripts/loopback-server.ts";
import {
  answerEvents,
  claudeEvent,
  dataEvent,
  openStream,
  refuses,
  type Vendor,
} from "../../scripts/vendor-answers.ts";

/** A failure that a vendor's server can play, and the code that a call must end with. */
export interface FailureCase {
  readonly name: string;
  readonly answer: Answer;
  readonly code: Code;
  readonly status?: number;
  /** Milliseconds; where the mode can know it. */
  readonly retryAfter?: number;
}

/** What every adapter of a vendor must tell apart, in whichever mode. */
export function failureCases(vendor: Vendor): readonly FailureCase[] {
  return [
    ...refusals(vendor),
    { name: "connection reset", answer: (response) => void response.destroy(), code: "NETWORK" },
    { name: "stream cut", answer: cut(vendor), code: "NETWORK" },
    { name: "stream ends early", answer: endsEarly(vendor), code: "NETWORK" },
    { name: "malformed event", answer: malformed, code: "INVALID_OUTPUT" },
    { name: "empty answer", answer: empty, code: "INVALID_OUTPUT" },
  ];
}

/** A filter's answer: no error of the mode, but a `finish` that says so. */
export function filteredAnswer(vendor: Vendor): Answer {
  const events = {
    claude: [
      claudeEvent({ type: "message_start", message: startOf("played") }),
      claudeEvent({ type: "message_delta", delta: { stop_reason: "refusal" }, usage: {} }),
      claudeEvent({ type: "message_stop" }),
    ],
    gemini: [dataEvent({ modelVersion: "played", candidates: [{ finishReason: "SAFETY" }] })],
    groq: [
      dataEvent({
        id: "chatcmpl_1",
        model: "played",
        choices: [{ index: 0, delta: {}, finish_reason: "content_filter" }],
      }),
      "data: [DONE]\n\n",
    ],
    openai: [
      dataEvent({
        type: "response.incomplete",
        response: {
          id: "resp_1",
          model: "played",
          status: "incomplete",
          incomplete_details: { reason: "content_filter" },
          output: [],
        },
      }),
    ],
  }[vendor];
  return (response) => {
    openStream(response);
    response.end(events.join(""));
  };
}

/** Begins to answer and then says nothing more. */
export function stalls(vendor: Vendor): Answer {
  return (response) => {
    openStream(response);
    response.write(firstEvents(vendor));
  };
}

function refusals(vendor: Vendor): FailureCase[] {
  const wait = { "retry-after": "7" };
  const delay = [{ "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay: "7s" }];
  const badKey = {
    claude: refuses(vendor, 401, { type: "authentication_error", message: "invalid x-api-key" }),
    gemini: refuses(vendor, 400, {
      type: "INVALID_ARGUMENT",
      message: "API key not valid. Please pass a valid API key.",
      details: [{ reason: "API_KEY_INVALID" }],
    }),
    groq: refuses(vendor, 401, { type: "invalid_api_key", message: "Invalid API Key" }),
    openai: refuses(vendor, 401, {
      type: "invalid_api_key",
      message: "Incorrect API key provided",
    }),
  }[vendor];
  const overloaded = vendor === "claude" ? 529 : 503;
  const limited = { type: "rate_limit_error", message: "Slow down.", details: delay };
  return [
    { name: "bad key", answer: badKey, code: "AUTHENTICATION_FAILED" },
    {
      name: "401",
      answer: refuses(vendor, 401, { type: "authentication_error", message: "No valid key." }),
      code: "AUTHENTICATION_FAILED",
      status: 401,
    },
    {
      name: "403",
      answer: refuses(vendor, 403, { type: "permission_error", message: "Not for this key." }),
      code: "AUTHENTICATION_FAILED",
      status: 403,
    },
    {
      name: "404",
      answer: refuses(vendor, 404, { type: "not_found_error", message: "model: x is not found" }),
      code: "MODEL_NOT_FOUND",
      status: 404,
    },
    {
      name: "429 with a wait",
      answer: refuses(vendor, 429, limited, wait),
      code: "RATE_LIMITED",
      status: 429,
      retryAfter: 7000,
    },
    {
      name: "500",
      answer: refuses(vendor, 500, { message: "Internal server error" }),
      code: "SERVER_ERROR",
      status: 500,
    },
    {
      name: String(overloaded),
      answer: refuses(vendor, overloaded, { type: "overloaded_error", message: "Overloaded" }),
      code: "OVERLOADED",
      status: overloaded,
    },
    { name: "context too long", answer: tooLong(vendor), code: "CONTEXT_TOO_LONG", status: 400 },
    {
      name: "413",
      answer: refuses(vendor, 413, { type: "request_too_large", message: "Request too large" }),
      code: "CONTEXT_TOO_LONG",
      status: 413,
    },
    {
      name: "no credit",
      answer: noCredit(vendor),
      code: "QUOTA_EXHAUSTED",
      status: vendor === "claude" ? 400 : 429,
    },
  ];
}

function tooLong(vendor: Vendor): Answer {
  const error = {
    claude: {
      type: "invalid_request_error",
      message: "prompt is too long: 205000 tokens > 200000 maximum",
    },
    gemini: {
      type: "INVALID_ARGUMENT",
      message: "The input token count (1200000) exceeds the maximum number of tokens allowed.",
    },
    groq: { type: "context_length_exceeded", message: "Please reduce the length of the messages." },
    openai: {
      type: "context_length_exceeded",
      message: "Your input exceeds the context window of this model.",
    },
  }[vendor];
  return refuses(vendor, 400, error);
}

function noCredit(vendor: Vendor): Answer {
  const [status, error] = {
    claude: [
      400,
      {
        type: "invalid_request_error",
        message: "Your credit balance is too low to access the Anthropic API.",
      },
    ] as const,
    gemini: [
      429,
      {
        type: "RESOURCE_EXHAUSTED",
        message: "You exceeded your current quota.",
        details: [
          {
            "@type": "type.googleapis.com/google.rpc.QuotaFailure",
            violations: [{ quotaId: "GenerateRequestsPerDayPerProjectPerModel" }],
          },
        ],
      },
    ] as const,
    groq: [
      429,
      {
        type: "rate_limit_exceeded",
        message: "Rate limit reached on tokens per day (TPD): Limit 100000, Used 100000",
      },
    ] as const,
    openai: [
      429,
      { type: "insufficient_quota", message: "You exceeded your current quota." },
    ] as const,
  }[vendor];
  return refuses(vendor, status, error);
}

function cut(vendor: Vendor): Answer {
  return (response) => {
    openStream(response);
    response.write(firstEvents(vendor), () => setTimeout(() => response.destroy(), 50));
  };
}

function endsEarly(vendor: Vendor): Answer {
  return (response) => {
    openStream(response);
    response.end(firstEvents(vendor));
  };
}

const malformed: Answer = (response) => {
  openStream(response);
  response.end('event: message_start\ndata: {"type": oops\n\n');
};

const empty: Answer = (response) => {
  openStream(response);
  response.end();
};

/** As far as the first words. */
function firstEvents(vendor: Vendor): string {
  const events = answerEvents(vendor, ["Half an ", "answer"]);
  return events.slice(0, vendor === "claude" || vendor === "openai" ? 3 : 1).join("");
}

function startOf(model: string): object {
  const usage = { input_tokens: 11, output_tokens: 1 };
  return { id: "msg_1", type: "message", role: "assistant", content: [], model, usage };
}
