import type { Answer } from "../../scripts/loopback-server.ts";
import { plays } from "../../scripts/vendor-answers.ts";

/** Answers as Claude does: events where a stream is asked for, else one document. */
export function claudeAnswers(pieces: readonly string[]): Answer {
  const events = plays("claude", ...pieces);
  const body = JSON.stringify(message(pieces.join("")));
  return (response, request) => {
    const { stream } = JSON.parse(request.body) as { readonly stream?: boolean };
    if (stream) return events(response, request);
    response.writeHead(200, { "content-type": "application/json" }).end(body);
  };
}

function message(text: string): object {
  return {
    id: "msg_1",
    type: "message",
    role: "assistant",
    model: "played",
    content: [{ type: "text", text }],
    stop_reason: "end_turn",
    stop_sequence: null,
    usage: { input_tokens: 11, output_tokens: 7 },
  };
}
