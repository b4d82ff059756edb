import type { CanonicalRequest } from "../contract/canonical.ts";
import type { ChatMessage } from "./chat-messages.ts";

/** The `response_format` of a chat completion. */
export type ChatFormat =
  | { readonly type: "json_object" }
  | {
      readonly type: "json_schema";
      readonly json_schema: {
        readonly name: string;
        readonly schema: { [member: string]: unknown };
      };
    };

/** Undefined if any text is accepted. */
export function toChatFormat({
  schema,
  schemaName = "answer",
  json,
}: Pick<CanonicalRequest, "schema" | "schemaName" | "json">): ChatFormat | undefined {
  if (schema !== undefined) {
    return { type: "json_schema", json_schema: { name: schemaName, schema: { ...schema } } };
  }
  return json && { type: "json_object" };
}

const askForJson: ChatMessage = { role: "system", content: "Answer in JSON." };

/**
 * Returns messages that mention JSON. Some servers refuse JSON without a schema if no message has
 * the word, and others then send blanks without end.
 */
export function withWordOfJson(
  messages: readonly ChatMessage[],
  json: true | undefined,
): readonly ChatMessage[] {
  if (!json || messages.some(({ content }) => /json/i.test(textOf(content)))) return messages;
  const [first, ...rest] = messages;
  if (first?.role !== "system") return [askForJson, ...messages];
  return [{ role: "system", content: `${first.content}\n\n${askForJson.content}` }, ...rest];
}

function textOf(content: ChatMessage["content"]): string {
  if (typeof content === "string") return content;
  return content.map((piece) => (piece.type === "text" ? piece.text : "")).join("\n");
}
