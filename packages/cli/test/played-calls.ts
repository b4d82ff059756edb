import {
  type Answer,
  type LoopbackServer,
  startLoopbackServer,
} from "../../../scripts/loopback-server.ts";
import { claudeEvent, openStream, plays } from "../../../scripts/vendor-answers.ts";

/** A call that the model is to wish. */
export interface PlayedCall {
  readonly name: string;
  readonly input?: object;
}

/** A Claude that says "I look.", wishes these calls, and then says "Done.". */
export function startCallingServer(calls: readonly PlayedCall[]): Promise<LoopbackServer> {
  const answer: Answer = (response, request) => {
    const { messages = [] } = JSON.parse(request.body || "{}");
    if (JSON.stringify(messages.at(-1) ?? "").includes('"tool_result"')) {
      return plays("claude", "Done.")(response, request);
    }
    openStream(response);
    response.end(events(calls).map(claudeEvent).join(""));
  };
  return startLoopbackServer(answer);
}

function events(calls: readonly PlayedCall[]) {
  const usage = { input_tokens: 1, output_tokens: 1 };
  const block = (index: number, content: object, delta: object) => [
    { type: "content_block_start", index, content_block: content },
    { type: "content_block_delta", index, delta },
    { type: "content_block_stop", index },
  ];
  return [
    { type: "message_start", message: { id: "m", model: "played", usage } },
    ...block(0, { type: "text", text: "" }, { type: "text_delta", text: "I look." }),
    ...calls.flatMap(({ name, input = {} }, index) =>
      block(
        index + 1,
        { type: "tool_use", id: `call_${index}`, name, input: {} },
        { type: "input_json_delta", partial_json: JSON.stringify(input) },
      ),
    ),
    { type: "message_delta", delta: { stop_reason: "tool_use" }, usage: { output_tokens: 9 } },
    { type: "message_stop" },
  ];
}

/** What the model was told of its calls. */
export function resultsTold(server: LoopbackServer): readonly unknown[] {
  const { messages } = JSON.parse(server.requests.at(-1)?.body ?? "{}");
  return messages.at(-1).content;
}
