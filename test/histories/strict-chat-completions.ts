import { isBlank, isObject, loneSurrogate, type StrictRule, showsMedia } from "./strict-rule.ts";

interface Call {
  readonly id: string;
  readonly function: { readonly name: string; readonly arguments: unknown };
}

interface Message {
  readonly role: string;
  readonly content?: unknown;
  readonly tool_calls?: readonly Call[];
  readonly tool_call_id?: string;
}

export interface ChatBody {
  readonly messages: readonly Message[];
  readonly tools?: readonly { readonly function: { readonly name: string } }[];
}

const known = new Set(["role", "content", "tool_calls", "tool_call_id"]);
const spoken = ({ messages }: ChatBody) =>
  messages.filter(({ role, tool_calls }) => role !== "tool" && role !== "system" && !tool_calls);

/** Chat completions as strict as the strictest servers of it that people report. */
export const chatRules: readonly StrictRule<ChatBody>[] = [
  {
    says: "unexpected end of hex escape: lone surrogate",
    source: "anomalyco/opencode#13985",
    broken: (_, raw) => loneSurrogate.test(raw),
  },
  {
    says: "'messages' : for 'role:assistant' the following must be satisfied: property is unsupported",
    source: "karthink/gptel#774, janhq/jan#8136 (Groq)",
    broken: ({ messages }) =>
      messages.some((message) => Object.keys(message).some((name) => !known.has(name))),
  },
  {
    says: "Invalid value for 'content': expected a string, got null.",
    source:
      "OpenHands/OpenHands#4643, lmstudio-ai/lmstudio-bug-tracker#261, docker/docker-agent#63",
    broken: ({ messages }) =>
      messages.some(
        ({ role, content }) =>
          typeof content !== "string" && !(role === "user" && showsMedia(content)),
      ),
  },
  {
    says: "Image URLs are only allowed for messages with role 'user'",
    source: "OpenHands/OpenHands#7700, github/copilot-sdk#1922",
    broken: ({ messages }) =>
      messages.some(({ role, content }) => role !== "user" && Array.isArray(content)),
  },
  {
    says: "message content must not be empty",
    source: "Darkatse/TauriTavern#207, earendil-works/pi#3311",
    broken: ({ messages }) =>
      messages.some(
        ({ content, tool_calls }) => !tool_calls && isBlank(content) && !showsMedia(content),
      ),
  },
  {
    says: "Conversation roles must alternate user/assistant/user/assistant/...",
    source: "vllm-project/vllm#6862, microsoft/autogen#1037",
    broken: (body) => {
      const roles = spoken(body).map(({ role }) => role);
      const first = body.messages.find(({ role }) => role !== "system");
      const called = (index: number) =>
        body.messages.slice(0, body.messages.indexOf(spoken(body)[index] as Message)).at(-1)?.role;
      return (
        first?.role !== "user" ||
        roles.some(
          (role, index) =>
            role === roles[index - 1] && !/^(tool|system)$/.test(called(index) ?? ""),
        )
      );
    },
  },
  {
    says: "Invalid 'messages.tool_calls.id': string too long. Expected maximum length 40",
    source: "microsoft/autogen#6377, langgenius/dify#28987",
    broken: ({ messages }) =>
      messages
        .flatMap(({ tool_calls = [] }) => tool_calls)
        .some(({ id }) => !/^[\w-]{1,40}$/.test(id)),
  },
  {
    says: "Invalid 'tools.function.name': string does not match pattern '^[a-zA-Z0-9_-]{1,64}$'",
    source: "https://platform.openai.com/docs/api-reference/chat/create",
    broken: ({ messages, tools = [] }) =>
      [...messages.flatMap(({ tool_calls = [] }) => tool_calls), ...tools].some(
        (each) => !/^[\w-]{1,64}$/.test(each.function.name),
      ),
  },
  {
    says: "tool_calls.function.arguments: must be the JSON of an object",
    source: "langchain-ai/langchain#33896",
    broken: ({ messages }) =>
      messages
        .flatMap(({ tool_calls = [] }) => tool_calls)
        .some(
          (call) =>
            typeof call.function.arguments !== "string" ||
            !isObject(JSON.parse(call.function.arguments)),
        ),
  },
  {
    says: "Duplicate value for 'tool_call_id'",
    source: "langchain-ai/langchainjs#10145",
    broken: ({ messages }) => {
      const ids = messages.flatMap(({ tool_calls = [] }) => tool_calls.map(({ id }) => id));
      return new Set(ids).size < ids.length;
    },
  },
  {
    says: "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'.",
    source: "tidyverse/ellmer#459, agno-agi/agno#3105",
    broken: ({ messages }) =>
      messages.some(({ tool_calls = [] }, index) => {
        const behind = messages.slice(index + 1, index + 1 + tool_calls.length);
        return tool_calls.some(({ id }, place) => behind[place]?.tool_call_id !== id);
      }),
  },
  {
    says: "messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.",
    source: "the API's own words; no report was looked up",
    broken: ({ messages }) => {
      const asked = new Set<string>();
      return messages.some(({ tool_calls = [], tool_call_id }) => {
        for (const { id } of tool_calls) asked.add(id);
        return tool_call_id !== undefined && !asked.delete(tool_call_id);
      });
    },
  },
];
