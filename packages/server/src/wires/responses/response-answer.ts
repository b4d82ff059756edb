import type { AssistantContent, Reply } from "@acc/dual-mode";
import { customInput } from "../openai/tool-kinds.ts";
import {
  callItem,
  type ItemStatus,
  messageItem,
  outputText,
  reasoningItem,
} from "./output-item.ts";
import { incompleteReason, type ResponseMade, responseObject } from "./response-object.ts";
import { toolNamed } from "./tool-names.ts";

/** Makes a complete answer in the form of responses. */
export function responseAnswer(reply: Reply, made: ResponseMade): object {
  const { content, model, usage, finishReason, sources } = reply;
  const reason = incompleteReason(finishReason);
  const status = reason === undefined ? "completed" : "incomplete";
  const output = content.map((piece, index) => toItem(piece, index));
  return responseObject(made, { status, model, output, usage, reason });

  function toItem(piece: AssistantContent, index: number): object {
    const itemId = (prefix: string) => `${prefix}_${made.id}_${index}`;
    const done: ItemStatus = index === content.length - 1 ? status : "completed";
    switch (piece.type) {
      case "text":
        return messageItem(itemId("msg"), done, [outputText(piece.text, sources)]);
      case "reasoning":
        return reasoningItem(itemId("rs"), done, piece.text, piece.signature);
      case "tool-call": {
        const { id: callId } = piece;
        const named = toolNamed(made.names, piece.name);
        const { isCustom } = named;
        const input = isCustom ? customInput(piece.input) : JSON.stringify(piece.input ?? {});
        const id = itemId(isCustom ? "ctc" : "fc");
        return callItem({ id, callId, input, ...named }, done);
      }
    }
  }
}
