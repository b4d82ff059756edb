import type { CanonicalMessage, CanonicalRequest } from "../contract/canonical.ts";
import type { RequestDefaults } from "../contract/client.ts";
import type { ChatRequest, ImageContent, Message, TextContent } from "../contract/request.ts";
import { DualModeError } from "../error.ts";
import { check } from "./check.ts";
import { checkMessages } from "./check-messages.ts";
import { prompt, requestForm } from "./request-forms.ts";
import { type ResponseSchema, responseSchema } from "./response-schema.ts";

/** A request in its one form, and the check that its answer has to pass. */
export interface CheckedRequest {
  readonly canonical: CanonicalRequest;
  readonly schema: ResponseSchema | undefined;
}

/**
 * Checks what a caller wrote, merges the client's defaults under it and gives it its one form.
 * @throws {@link DualModeError} `INVALID_REQUEST`, naming the member
 */
export function canonicalRequest(
  input: string | ChatRequest,
  defaults: RequestDefaults,
  defaultModel: string,
): CheckedRequest {
  const request = readInput(input);
  const {
    messages,
    metadata: _,
    model,
    sample,
    schema,
    tools,
    stop,
    ...asked
  } = { ...defaults, ...given(request) };
  const { system, turns } = splitSystem(messages, asked.system);
  const answer = schema === undefined ? undefined : responseSchema(schema);
  const canonical: CanonicalRequest = {
    ...given({
      ...asked,
      system,
      sample,
      schema: answer && structuredClone(answer.jsonSchema),
      tools: tools?.length ? structuredClone(tools) : undefined,
      stop: stop?.length ? [...stop] : undefined,
    }),
    model: model ?? defaultModel,
    messages: turns.map(canonicalMessage),
  };
  return { canonical, schema: answer };
}

function readInput(input: string | ChatRequest): ChatRequest {
  if (typeof input === "string") {
    check(prompt(), input, "prompt");
    return { messages: [{ role: "user", content: input }] };
  }
  if (typeof input !== "object" || input === null) {
    throw new DualModeError(
      "INVALID_REQUEST",
      `prompt must be a string or a request, not ${input === null ? "null" : typeof input}.`,
    );
  }
  check(requestForm, input, "request");
  checkMessages(input.messages, "request.messages");
  return input;
}

function splitSystem(messages: readonly Message[], outer: string | undefined) {
  const first = messages.findIndex((message) => message.role !== "system");
  const turns = first === -1 ? [] : messages.slice(first);
  const late = turns.findIndex((message) => message.role === "system");
  if (late !== -1) {
    throw invalid(
      `request.messages[${first + late}].role`,
      "a system message must come before all others",
    );
  }
  const last = turns.at(-1);
  if (last === undefined) throw invalid("request.messages", "must hold a user message");
  if (last.role === "assistant") {
    throw invalid(
      `request.messages[${messages.length - 1}].role`,
      "the last message must be the user's or a tool's",
    );
  }
  const inner = messages.slice(0, Math.max(first, 0)).map((message) => message.content as string);
  const system = [...(outer === undefined ? [] : [outer]), ...inner].join("\n\n");
  return {
    system: system === "" ? undefined : system,
    turns: turns as Exclude<Message, { role: "system" }>[],
  };
}

function canonicalMessage(message: Exclude<Message, { role: "system" }>): CanonicalMessage {
  switch (message.role) {
    case "user":
      return { role: "user", content: contentList(message.content) };
    case "assistant":
      return {
        role: "assistant",
        content: contentList(message.content).filter((part) => part.text !== ""),
        ...given({
          toolCalls: message.toolCalls?.length ? structuredClone(message.toolCalls) : undefined,
        }),
      };
    case "tool":
      return {
        role: "tool",
        toolCallId: message.toolCallId,
        content: contentList(message.content),
      };
  }
}

function contentList<T extends TextContent | ImageContent>(
  content: string | readonly T[],
): readonly (T | TextContent)[] {
  if (typeof content === "string") return [{ type: "text", text: content }];
  return content.map((part) => ({ ...part }));
}

function given<T extends object>(members: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const present: Partial<T> = {};
  for (const name of Object.keys(members) as (keyof T)[]) {
    if (members[name] !== undefined) present[name] = members[name];
  }
  return present as never;
}

function invalid(at: string, what: string): DualModeError {
  return new DualModeError("INVALID_REQUEST", `${at}: ${what}.`);
}
