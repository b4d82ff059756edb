import { ok } from "node:assert/strict";
import type { ChatRequest, Message, UserContent } from "../../contract/request.ts";
import type { Ground, Rule } from "../rule.ts";
import { arrives } from "./feature-rules.ts";

const tool = { name: "marked_tool", inputSchema: { type: "object" } };
/** "marked-image", "marked-file" and the like, as base64. */
const image = "bWFya2VkLWltYWdl";
const file = "bWFya2VkLXdlaXJk";
const shown: UserContent = { type: "image", mediaType: "image/png", data: image };
const shows = (toolCallId: string, mark: string, more: readonly UserContent[]): Message => ({
  role: "tool",
  toolCallId,
  content: [{ type: "text", text: mark }, ...more],
});
const calls: Message = {
  role: "assistant",
  content: "",
  toolCalls: ["a", "b"].map((id) => ({ id, name: tool.name, input: { mark: `call-${id}` } })),
};

/** Rules for images and files, and for their places. */
export const mediaRules: readonly Rule[] = [
  {
    name: "tools are refused, or what they show arrives too, and no result is lost between images",
    purpose: "A model that is not shown what its tool has seen makes something up.",
    check: async (ground) => {
      const results = [shows("a", "result-one", [shown]), shows("b", "result-two", [])];
      const messages: Message[] = [{ role: "user", content: "Look." }, calls, ...results];
      await arrives(ground, { messages, tools: [tool] }, ["result-one", "result-two", image]);
      await inOrder(ground, ["call-a", "call-b", "result-one", "result-two"]);
    },
  },
  {
    name: "a file of a type that nobody takes is refused before it is sent, or it arrives whole",
    purpose:
      "A file that is dropped, or sent as what it is not, is answered as if it were not there.",
    check: async (ground) => {
      const odd = { type: "file", mediaType: "application/x-marked", data: file } as const;
      const request: ChatRequest = { messages: [{ role: "user", content: [odd] }] };
      await arrives(ground, request, [file, "application/x-marked"]);
    },
  },
];

async function inOrder({ stage }: Ground, marks: readonly string[]): Promise<void> {
  const [sent] = stage.sent();
  if (sent === undefined) return;
  const places = marks.map((mark) => sent.content.lastIndexOf(mark));
  ok(
    places.every((place, index) => place > (places[index - 1] ?? -1)),
    "Calls and results changed places.",
  );
}
