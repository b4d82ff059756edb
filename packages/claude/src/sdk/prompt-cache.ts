import type Anthropic from "@anthropic-ai/sdk";

type Body = Anthropic.MessageCreateParamsStreaming;
type System = NonNullable<Body["system"]>;
type Mark = Anthropic.CacheControlEphemeral;
type Message = Body["messages"][number];

/**
 * The body with marks up to which the API keeps the prompt, four as it allows: at the last tool, at
 * the system prompt, and at the end of the last two user turns. What a call has written at its last
 * turn, the next one finds at its last but one, however many calls and results stand between, where
 * the API looks back 20 blocks only. All are for one time, for a longer one must not follow a shorter.
 * A body with a mark of the caller's own stays as it is.
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

/** Only by members that the caller has laid into the body: nothing else of ours has a mark. */
function isMarked({ cache_control, tools = [], system = [], messages }: Body): boolean {
  const contents = [system, ...messages.map(({ content }) => content)];
  const blocks = contents.flatMap((content) => (typeof content === "string" ? [] : content));
  const all: readonly object[] = [...tools, ...blocks];
  return Boolean(cache_control) || all.some((each) => "cache_control" in each);
}

/** The API refuses a mark at a tool that is loaded later. */
function markedTools(tools: NonNullable<Body["tools"]>, mark: Mark): NonNullable<Body["tools"]> {
  const at = tools.findLastIndex((tool) => !("defer_loading" in tool && tool.defer_loading));
  return tools.map((tool, index) => (index === at ? { ...tool, cache_control: mark } : tool));
}

/** The API refuses a mark at an empty text. */
function markedSystem(system: System, mark: Mark): System {
  const blocks =
    typeof system === "string" ? [{ type: "text", text: system } as const] : [...system];
  const last = blocks.at(-1);
  if (last === undefined || last.text === "") return system;
  return [...blocks.slice(0, -1), { ...last, cache_control: mark }];
}

/** A user's turn ends with a text, an image, a file or a result, each of which takes a mark. */
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
