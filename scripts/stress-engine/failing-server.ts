import { setTimeout as sleep } from "node:timers/promises";
import { type Answer, type LoopbackServer, startLoopbackServer } from "../loopback-server.ts";
import { answerEvents, claudeEvent, openStream, plays, refuses } from "../vendor-answers.ts";

const cutShort: Answer = async (response) => {
  const events = answerEvents("claude", ["half of "]);
  openStream(response);
  response.write(events.slice(0, 3).join(""));
  await sleep(5);
  response.socket?.destroy();
};

const refusal = (status: number, type: string, message: string, headers = {}): Answer =>
  refuses("claude", status, { type, message }, headers);

/** All the ways in which the server fails. */
const failures: readonly Answer[] = [
  refusal(500, "api_error", "Internal server error"),
  refusal(529, "overloaded_error", "Overloaded"),
  refusal(503, "overloaded_error", "Unavailable"),
  refusal(429, "rate_limit_error", "Slow down", { "retry-after": "1" }),
  refusal(429, "rate_limit_error", "Slow down"),
  refusal(401, "authentication_error", "invalid x-api-key"),
  refusal(404, "not_found_error", "model: none"),
  refusal(400, "invalid_request_error", "messages: bad"),
  refusal(413, "request_too_large", "Too large"),
  cutShort,
  (response) => {
    response.socket?.destroy();
  },
  (response) => openStream(response),
  (response) => {
    openStream(response);
    response.end();
  },
  (response) => {
    openStream(response);
    response.end("event: message_start\ndata: {half\n\n");
  },
  (response) => {
    openStream(response);
    const error = { type: "error", error: { type: "overloaded_error", message: "Overloaded" } };
    response.end(claudeEvent(error));
  },
];

/** Echoes what a prompt asks for, and fails one request in five, in all its ways. */
export async function startFailingServer(random: () => number): Promise<LoopbackServer> {
  return startLoopbackServer((response, request) => {
    if (random() < 0.2) {
      const failure = failures[Math.floor(random() * failures.length)] as Answer;
      return failure(response, request);
    }
    const echo = /echo:([\w-]+)/.exec(request.body)?.[1] ?? "nothing";
    return plays("claude", echo.slice(0, 3), echo.slice(3))(response, request);
  });
}
