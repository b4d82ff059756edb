import { isBlank, isObject, loneSurrogate, type StrictRule } from "./strict-rule.ts";

interface Block {
  readonly type: string;
  readonly text?: string;
  readonly id?: string;
  readonly name?: string;
  readonly input?: unknown;
  readonly tool_use_id?: string;
  readonly content?: string | readonly Block[];
  readonly signature?: string;
  readonly is_error?: boolean;
  readonly source?: { readonly type: string; readonly media_type?: string; readonly data?: string };
}

interface Message {
  readonly role: string;
  readonly content: readonly Block[];
}

export interface MessagesBody {
  readonly model: string;
  readonly messages: readonly Message[];
  readonly system?: string;
  readonly tools?: readonly { readonly name: string; readonly input_schema: object }[];
  readonly thinking?: { readonly type: string };
}

/** What the server signs its thoughts with. */
export const claudeProof = "signed-by-claude";

const idForm = /^[a-zA-Z0-9_-]+$/;
const uses = ({ content }: Message) => content.filter(({ type }) => type === "tool_use");
const results = ({ content }: Message) => content.filter(({ type }) => type === "tool_result");
const blocks = ({ messages }: MessagesBody) => messages.flatMap(({ content }) => content);
const isThought = (block: Block | undefined) => /thinking/.test(block?.type ?? "");

/** Anthropic's Messages API, as strict as people report it. */
export const messagesRules: readonly StrictRule<MessagesBody>[] = [
  {
    says: "The request body is not valid JSON: no low surrogate in string",
    source: "anthropics/claude-code#3277, anomalyco/opencode#13985",
    broken: (_, raw) => loneSurrogate.test(raw),
  },
  {
    says: 'messages: first message must use the "user" role',
    source: "livekit/agents#669",
    broken: ({ messages }) => messages[0]?.role !== "user",
  },
  {
    says: "role 'system' is not supported on this model",
    source: "anthropics/claude-code#61412, BerriAI/litellm#33807",
    broken: ({ model, messages }) =>
      /-4-[0-7]\b/.test(model) && messages.some(({ role }) => role === "system"),
  },
  {
    says: "messages: a system message must follow a user message, and precede an assistant's or end",
    source:
      "https://platform.claude.com/docs/en/build-with-claude/mid-conversation-system-messages",
    broken: ({ messages }) =>
      messages.some(
        ({ role }, index) =>
          role === "system" &&
          (messages[index - 1]?.role !== "user" ||
            (messages[index + 1]?.role ?? "assistant") !== "assistant"),
      ),
  },
  {
    says: "messages.content.document.source.base64.media_type: Input should be 'application/pdf'",
    source: "langchain-ai/langchain#37576",
    broken: (body) =>
      blocks(body)
        .flatMap((each) => [each, ...(Array.isArray(each.content) ? each.content : [])])
        .some(
          ({ type, source }: Block) =>
            type === "document" &&
            source?.type === "base64" &&
            (source.media_type !== "application/pdf" || /[^\w+/=]/.test(source.data ?? "")),
        ),
  },
  {
    says: "messages: all messages must have non-empty content",
    source: "NousResearch/hermes-agent#69517",
    broken: ({ messages }) => messages.some(({ content }) => content.length === 0),
  },
  {
    says: "messages: text content blocks must be non-empty",
    source: "anthropics/claude-code#59812, BerriAI/litellm#22979",
    broken: (body) =>
      blocks(body)
        .flatMap((each) => [each, ...(Array.isArray(each.content) ? each.content : [])])
        .some(({ type, text }: Block) => type === "text" && isBlank(text)),
  },
  {
    says: "system: text content blocks must be non-empty",
    source: "anthropics/anthropic-sdk-python#461",
    broken: ({ system }) => system !== undefined && isBlank(system),
  },
  {
    says: "messages.content.tool_use.id: String should match pattern '^[a-zA-Z0-9_-]+$'",
    source: "earendil-works/pi#9048, anomalyco/opencode#1150",
    broken: (body) =>
      blocks(body).some(({ type, id }) => type === "tool_use" && !idForm.test(id ?? "")),
  },
  {
    says: "tools.name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'",
    source: "https://docs.claude.com/en/docs/agents-and-tools/tool-use/implement-tool-use",
    broken: (body) =>
      [...(body.tools ?? []), ...body.messages.flatMap(uses)].some(
        ({ name = "" }) => !/^[a-zA-Z0-9_-]{1,128}$/.test(name),
      ),
  },
  {
    says: "messages.content.tool_use.input: Input should be a valid dictionary",
    source: "anthropics/claude-code#6696, anthropics/anthropic-sdk-typescript#648",
    broken: ({ messages }) => messages.flatMap(uses).some(({ input }) => !isObject(input)),
  },
  {
    says: "`tool_use` ids must be unique",
    source: "langchain-ai/langchainjs#10145, brainlid/langchain#619",
    broken: ({ messages }) => {
      const ids = messages.flatMap(uses).map(({ id }) => id);
      return new Set(ids).size < ids.length;
    },
  },
  {
    says: "`tool_use` ids were found without `tool_result` blocks immediately after",
    source: "Ironclad/rivet#487, anthropics/claude-code#1237",
    broken: ({ messages }) =>
      messages.some((message, index) => {
        const asked = uses(message);
        const next = messages[index + 1];
        const first = next?.content.slice(0, asked.length) ?? [];
        return asked.some(({ id }) => !first.some(({ tool_use_id }) => tool_use_id === id));
      }),
  },
  {
    says: "unexpected `tool_use_id` found in `tool_result` blocks",
    source: "openclaw/openclaw#11087, continuedev/continue#4751",
    broken: ({ messages }) =>
      messages.some((message, index) => {
        const before = messages[index - 1];
        const asked = new Set(before === undefined ? [] : uses(before).map(({ id }) => id));
        return results(message).some(({ tool_use_id }) => !asked.has(tool_use_id));
      }),
  },
  {
    says: "each tool_use must have a single result. Found multiple `tool_result` blocks with id",
    source: "Kilo-Org/kilocode#3772",
    broken: ({ messages }) =>
      messages.some((message) => {
        const ids = results(message).map(({ tool_use_id }) => tool_use_id);
        return new Set(ids).size < ids.length;
      }),
  },
  {
    says: "tool_result: content cannot be empty if `is_error` is true",
    source: "jlevy/markform#153, can1357/oh-my-pi#2250",
    broken: ({ messages }) =>
      messages.flatMap(results).some(({ is_error, content }) => is_error && !content?.length),
  },
  {
    says: "tool_result: all content must be type 'text' if 'is_error' is true",
    source: "vellum-ai/vellum-assistant#18387",
    broken: ({ messages }) =>
      messages
        .flatMap(results)
        .some(
          ({ is_error, content }) =>
            is_error && Array.isArray(content) && content.some(({ type }) => type !== "text"),
        ),
  },
  {
    says: "Requests which include `tool_use` or `tool_result` blocks must define tools",
    source: "langchain-ai/langchainjs#5385, llmmanorg/llmman#432",
    broken: (body) =>
      !body.tools?.length && body.messages.some((message) => uses(message).length > 0),
  },
  {
    says: "The final block in an assistant message cannot be `thinking`",
    source: "tailcallhq/forgecode#2107, NousResearch/hermes-agent#13010",
    broken: ({ messages }) =>
      messages.some(({ role, content }) => role === "assistant" && isThought(content.at(-1))),
  },
  {
    says: "Invalid `signature` in `thinking` block",
    source: "tombii/better-ccflare#52, vybestack/llxprt-code#2335",
    broken: (body) =>
      blocks(body).some(({ type, signature }) => type === "thinking" && signature !== claudeProof),
  },
  {
    says: "Expected `thinking` or `redacted_thinking`, but found `tool_use`",
    source: "anomalyco/opencode#3077, Kilo-Org/kilocode#5219",
    broken: ({ messages, thinking }) => {
      const last = messages.findLast(({ role }) => role === "assistant");
      if (thinking?.type !== "enabled" || last === undefined) return false;
      return uses(last).length > 0 && !isThought(last.content[0]);
    },
  },
  {
    says: "If an assistant message contains any thinking blocks, the first block must be thinking",
    source: "anthropics/claude-code#20705",
    broken: ({ messages }) =>
      messages.some(({ content }) => content.some(isThought) && !isThought(content[0])),
  },
  {
    says: "When thinking is disabled, an `assistant` message in the final position cannot contain `thinking`",
    source: "tailcallhq/forgecode#1195",
    broken: ({ model, messages, thinking }) => {
      // Later ones think without being told to.
      if (thinking !== undefined || !/-4-5\b/.test(model)) return false;
      const last = messages.findLast(({ role }) => role === "assistant");
      return last?.content.some(isThought) === true;
    },
  },
  {
    says: "`tool_use` ids were found without `tool_result` blocks immediately after: text behind a call",
    source: "anomalyco/opencode#5750, letta-ai/letta-code#2229",
    broken: ({ messages }) =>
      messages.some(({ content }) => {
        const first = content.findIndex(({ type }) => type === "tool_use");
        return first !== -1 && content.slice(first).some(({ type }) => type === "text");
      }),
  },
];
