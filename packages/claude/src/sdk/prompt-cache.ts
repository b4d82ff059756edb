import type Anthropic from "@anthropic-ai/sdk";

type Body = Anthropic.MessageCreateParamsStreaming;
type System = NonNullable<Body["system"]>;
type Mark = Anthropic.CacheControlEphemeral;
type Message = Body["messages"][number];

/**
 * Marks the places up to which the API caches the prompt, of which it allows four: the last tool,
 * the system prompt, and the end of the last two user turns. The entry that a call writes at its
 * last turn is found by the next call at its last turn but one, however many calls and results are
 * in between; the API itself looks back only 20 blocks. All marks have the same lifetime, because a
 * longer one must not follow a shorter one. A body that the caller has marked stays as it is.
 * https://platform.claude.com/docs/en/build-with-claude/prompt-caching
 */
export function withPromptCache(body: Body, time: "5m" | "1h" | undefined): Body {
  if (time === undefined || isMarked(body)) return body;
  const mark: Mark = time === "1h" ? { type: "ephemeral", ttl: "1h" } : { type: "ephemeral" };
  const { tools, system, messages } = body;
  return {
    ...body,
    ...(tools !== undefined && { tools: markedTools(tools, mark) }),
    ...(system !== undefined && { system: markedSystem(system, mark) }),
    messages: markedTurns(messages, mark),
  };
}

/** Whether the body has marks, which can only come from the caller's own members. */
function isMarked({ cache_control, tools = [], system = [], messages }: Body): boolean {
  const contents = [system, ...messages.map(({ content }) => content)];
  const blocks = contents.flatMap((content) => (typeof content === "string" ? [] : content));
  const all: readonly object[] = [...tools, ...blocks];
  return Boolean(cache_control) || all.some((each) => "cache_control" in each);
}

/** Marks the last tool that is not loaded later, because the API refuses a mark at one that is. */
function markedTools(tools: NonNullable<Body["tools"]>, mark: Mark): NonNullable<Body["tools"]> {
  const at = tools.findLastIndex((tool) => !("defer_loading" in tool && tool.defer_loading));
  return tools.map((tool, index) => (index === at ? { ...tool, cache_control: mark } : tool));
}

/** Marks the system prompt, unless it ends with an empty text, where the API refuses a mark. */
function markedSystem(system: System, mark: Mark): System {
  const blocks =
    typeof system === "string" ? [{ type: "text", text: system } as const] : [...system];
  const last = blocks.at(-1);
  if (last === undefined || last.text === "") return system;
  return [...blocks.slice(0, -1), { ...last, cache_control: mark }];
}

/**
 * Marks user turns. They end with a text, an image, a file or a result, which can all be marked.
 */
function markedTurns(messages: readonly Message[], mark: Mark): Message[] {
  const users = messages.flatMap(({ role }, index) => (role === "user" ? [index] : []));
  const at = new Set(users.slice(-2));
  return messages.map((message, index) => {
    const { content } = message;
    const last = typeof content === "string" ? undefined : content.at(-1);
    if (!at.has(index) || last === undefined) return message;
    return { ...message, content: [...content.slice(0, -1), { ...last, cache_control: mark }] };
  }) as Message[];
}
