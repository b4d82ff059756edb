import {
  type LoopbackServer,
  type RawRequest,
  startLoopbackServer,
} from "../../scripts/loopback-server.ts";
import { claudeEvent, dataEvent, openStream } from "../../scripts/vendor-answers.ts";
import { chatRules } from "./strict-chat-completions.ts";
import { geminiProof, generateContentRules } from "./strict-generate-content.ts";
import { claudeProof, messagesRules } from "./strict-messages-api.ts";
import { openaiProof, responsesRules } from "./strict-responses.ts";
import { refusalOf, type StrictRule } from "./strict-rule.ts";

/** What a server answers next: parallel calls, text, or nothing because it has too much to do. */
export type Turn = "calls" | "text" | "overloaded";

export type Api = "messages" | "generate-content" | "chat-completions" | "responses";

export interface StrictServer extends LoopbackServer {
  turn: Turn;
}

/** A server as strict as an API of which people report it, and which does its part in a conversation. */
export async function startStrictServer(api: Api): Promise<StrictServer> {
  const server = await startLoopbackServer((response, request) => {
    if (strict.turn === "overloaded") {
      response.writeHead(503, { "content-type": "application/json" });
      return void response.end(
        '{"error":{"code":503,"message":"overloaded","status":"UNAVAILABLE"}}',
      );
    }
    const broken = refusalOf(rulesOf(api, request) as readonly StrictRule<unknown>[], request.body);
    if (broken !== undefined) {
      const message = `${broken.says} (${broken.source})`;
      response.writeHead(400, { "content-type": "application/json" });
      return void response.end(JSON.stringify({ error: { code: 400, message, type: "invalid" } }));
    }
    openStream(response);
    response.end(answers[api](strict.turn, request).join(""));
  });
  const strict: StrictServer = Object.assign(server, { turn: "text" as Turn });
  return strict;
}

function rulesOf(api: Api, { path }: RawRequest) {
  if (api === "messages") return messagesRules;
  if (api === "responses") return responsesRules;
  return api === "chat-completions" ? chatRules : generateContentRules(path);
}

const tools = [
  ["weather", { city: "Graz" }],
  ["weather", { city: "Linz" }],
  ["news", {}],
] as const;

const answers: Readonly<Record<Api, (turn: Turn, request: RawRequest) => string[]>> = {
  messages: (turn) => claudeAnswer(turn),
  "generate-content": (turn, { path }) => geminiAnswer(turn, /gemini-2/.test(path)),
  "chat-completions": (turn) => chatAnswer(turn),
  responses: (turn) => responseAnswer(turn),
};

let counted = 0;

/** Claude thinks before it calls, and names each call. */
function claudeAnswer(turn: Turn): string[] {
  const block = (index: number, content_block: object, delta: object | undefined) => [
    { type: "content_block_start", index, content_block },
    ...(delta ? [{ type: "content_block_delta", index, delta }] : []),
    { type: "content_block_stop", index },
  ];
  const message = { id: "msg_1", model: "played", usage: { input_tokens: 1, output_tokens: 1 } };
  const signed = { type: "signature_delta", signature: claudeProof };
  const blocks = [
    ...block(0, { type: "thinking", thinking: "", signature: "" }, signed),
    ...block(1, { type: "redacted_thinking", data: "hidden" }, undefined),
    ...block(2, { type: "text", text: "" }, { type: "text_delta", text: "Claude says." }),
    ...(turn === "calls"
      ? tools.flatMap(([name, input], index) =>
          block(
            3 + index,
            { type: "tool_use", id: `toolu_${++counted}`, name, input: {} },
            { type: "input_json_delta", partial_json: JSON.stringify(input) },
          ),
        )
      : []),
  ];
  const stop_reason = turn === "calls" ? "tool_use" : "end_turn";
  return [
    { type: "message_start", message },
    ...blocks,
    { type: "message_delta", delta: { stop_reason }, usage: { output_tokens: 1 } },
    { type: "message_stop" },
  ].map(claudeEvent);
}

/** Gemini 2 names no call; Gemini 3 names each, anew in each answer, and signs the first. */
function geminiAnswer(turn: Turn, upToTwo: boolean): string[] {
  const calls = tools.map(([name, args], index) => ({
    functionCall: { ...(upToTwo ? {} : { id: `fc_${index}` }), name, args },
    ...(!upToTwo && index === 0 && { thoughtSignature: geminiProof }),
  }));
  const parts = [
    { text: "I think.", thought: true },
    { text: "Gemini says." },
    ...(turn === "calls" ? [...calls, { text: "Then I tell." }] : []),
  ];
  return [dataEvent({ candidates: [{ content: { role: "model", parts }, finishReason: "STOP" }] })];
}

/** Ids that begin anew with each answer, in a form that other vendors refuse. */
function chatAnswer(turn: Turn): string[] {
  const chunk = (delta: object, finish_reason: string | null = null) =>
    dataEvent({ id: "c", model: "played", choices: [{ index: 0, delta, finish_reason }] });
  const calls = tools.map(([name, input], index) => ({
    index,
    id: `functions.${name}:${index}.${"x".repeat(40)}`,
    type: "function",
    function: { name, arguments: JSON.stringify(input) },
  }));
  return [
    chunk({ reasoning: "I think." }),
    chunk({ content: "\nChat says." }),
    ...(turn === "calls" ? [chunk({ tool_calls: calls })] : []),
    chunk({}, turn === "calls" ? "tool_calls" : "stop"),
    "data: [DONE]\n\n",
  ];
}

/** OpenAI thinks, encrypted, before it calls; its ids may be longer than it takes them back. */
function responseAnswer(turn: Turn): string[] {
  const content = [{ type: "output_text", text: "OpenAI says.", annotations: [] }];
  const output = [
    { type: "reasoning", id: "rs_1", summary: [], encrypted_content: openaiProof },
    { type: "message", id: "msg_1", role: "assistant", content },
    ...(turn === "calls" ? tools : []).map(([name, input]) => ({
      type: "function_call",
      id: `fc_${++counted}`,
      call_id: `call_${counted}_${"x".repeat(70)}`,
      name,
      arguments: JSON.stringify(input),
    })),
  ];
  const response = { id: "resp_1", object: "response", model: "played" };
  return [
    { type: "response.created", response },
    ...output.map((item, output_index) => ({
      type: "response.output_item.done",
      output_index,
      item,
    })),
    { type: "response.completed", response: { ...response, status: "completed", output } },
  ].map(dataEvent);
}
