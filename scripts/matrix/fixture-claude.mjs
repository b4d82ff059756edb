#!/usr/bin/env node
// A command that speaks as Claude Code does and plays the failure that PLAY names; a failure written
// as "login:NAME" is played on a login route alone.
import { text } from "node:stream/consumers";

const args = process.argv.slice(2);
const { ANTHROPIC_API_KEY: key, PLAY: wanted = "" } = process.env;
const version = process.argv[1].includes("old-") ? "1.0.0" : "2.1.330";
let said = "right";
const say = (event) => process.stdout.write(`${JSON.stringify(event)}\n`);
const model = args[args.indexOf("--model") + 1];
const usage = { input_tokens: 11, output_tokens: 7 };

// The texts and statuses of Claude Code 2.1.197 to 2.1.330.
const refusals = {
  CLI_NOT_LOGGED_IN: { said: "Not logged in · Please run /login" },
  AUTHENTICATION_FAILED: {
    kind: "authentication_failed",
    status: 401,
    said: "Invalid API key · Fix external API key",
  },
  RATE_LIMITED: { kind: "rate_limit", status: 429, said: "Request rejected (429)" },
  QUOTA_EXHAUSTED: { kind: "billing_error", status: 400, said: "Credit balance is too low" },
  MODEL_NOT_FOUND: {
    kind: "model_not_found",
    status: 404,
    said: "There's an issue with the selected model",
  },
  SPEND_LIMIT_400: {
    kind: "invalid_request",
    status: 400,
    said: "API Error: 400 You have reached your specified API usage limits.",
  },
  ORGANIZATION_400: {
    kind: "invalid_request",
    status: 400,
    said: "API Error: 400 This organization has been disabled.",
  },
  PLACE_403: {
    kind: "authentication_failed",
    status: 403,
    said: "Failed to authenticate. API Error: 403 Request not allowed",
  },
  MODEL_403: { said: "Claude Opus is not available with the Claude Pro plan." },
  PLAN_429: { kind: "rate_limit", said: "You've hit your weekly limit · resets 3pm (UTC)" },
  PATH_404: { kind: "invalid_request", status: 404, said: "API Error: 404 Not Found" },
  OVERLOADED: { kind: "server_error", status: 529, said: "API Error: 529 Overloaded" },
  SERVER_ERROR: { kind: "server_error", status: 500, said: "API Error: 500 Internal server error" },
  NETWORK: { kind: "server_error", said: "API Error: Unable to connect to API (ECONNRESET)" },
  INVALID_REQUEST: { kind: "invalid_request", status: 400, said: "API Error: 400 bad" },
  CONTEXT_TOO_LONG: {
    kind: "invalid_request",
    status: 400,
    said: "Prompt is too long",
    terminal_reason: "prompt_too_long",
  },
};

if (args[0] === "--version") {
  process.stdout.write(`${version} (Claude Code)\n`);
} else if (args[0] === "auth") {
  say({ loggedIn: true, authMethod: "oauth" });
} else {
  const prompt = await text(process.stdin);
  said = /echo:(\S+)/.exec(prompt)?.[1] ?? "right";
  const [route, name] = wanted.includes(":") ? wanted.split(":") : ["any", wanted];
  const isLogin = key === undefined;
  await play(route === "any" || (route === "login") === isLogin ? name : "");
}

async function play(name) {
  const refused = refusals[name];
  if (refused !== undefined) return refuse(refused);
  switch (name) {
    case "CLI_CRASHED":
      process.kill(process.pid, "SIGSEGV");
      return new Promise(() => setTimeout(() => {}, 60_000));
    case "INVALID_OUTPUT":
      process.stdout.write("half an answ");
      return;
    case "HANG":
      return new Promise(() => setTimeout(() => {}, 60_000));
    case "OUTPUT_TOO_LARGE":
      process.stdout.write(`{"type":"stream_event","padding":"${"x".repeat(17 * 1024 * 1024)}"}\n`);
      return;
    case "CONTENT_FILTERED":
      start();
      return result({ is_error: true, stop_reason: "refusal", result: "" }, 1);
    default:
      return answer();
  }
}

function start() {
  say(
    stream({
      type: "message_start",
      message: { id: "m", type: "message", role: "assistant", content: [], model, usage },
    }),
  );
}

function answer() {
  start();
  say(stream({ type: "content_block_start", index: 0, content_block: { type: "text", text: "" } }));
  say(stream({ type: "content_block_delta", index: 0, delta: { type: "text_delta", text: said } }));
  say(stream({ type: "content_block_stop", index: 0 }));
  say(stream({ type: "message_delta", delta: { stop_reason: "end_turn" }, usage }));
  say(stream({ type: "message_stop" }));
  result({ is_error: false, result: said, stop_reason: "end_turn" }, 0);
}

function refuse({ kind, status, said, ...more }) {
  say({
    type: "assistant",
    error: kind,
    message: { model: "<synthetic>", content: [{ type: "text", text: said }] },
  });
  result({ is_error: true, result: said, api_error_status: status, ...more }, 1);
}

function result(members, exitCode) {
  say({
    type: "result",
    subtype: "success",
    num_turns: 1,
    usage,
    total_cost_usd: 0.001,
    ...members,
  });
  process.exitCode = exitCode;
}

function stream(event) {
  return { type: "stream_event", event };
}
