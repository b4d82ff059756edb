import type { Answer } from "../../scripts/loopback-server.ts";
import { plays } from "../../scripts/vendor-answers.ts";

/** Answers as Groq does: events where a stream is asked for, else one document. */
export function groqAnswers(pieces: readonly string[]): Answer {
  const events = plays("groq", ...pieces);
  const body = JSON.stringify(completion(pieces.join("")));
  return (response, request) => {
    const { stream } = JSON.parse(request.body) as { readonly stream?: boolean };
    if (stream) return events(response, request);
    response.writeHead(200, { "content-type": "application/json" }).end(body);
  };
}

function completion(content: string): object {
  return {
    id: "chatcmpl_1",
    object: "chat.completion",
    created: 1_770_000_000,
    model: "played",
    choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content } }],
    usage: { prompt_tokens: 11, completion_tokens: 7, total_tokens: 18 },
  };
}
