/** How a call is made. */
export interface CallKind {
  readonly path: "/v1/chat/completions" | "/v1/responses" | "/v1/messages";
  readonly token: string;
  readonly prompt: string;
  readonly stream: boolean;
  /** Named by the call; the Messages wire wants it. */
  readonly maxOutputTokens: number | undefined;
  /** Ends the connection once something of the answer has come. */
  readonly leaves: boolean;
  /** Reads a piece at a time, and waits in between. */
  readonly isSlow: boolean;
}

export function bodyOf({ path, prompt, stream, maxOutputTokens: bound }: CallKind): string {
  const messages = [{ role: "user", content: prompt }];
  switch (path) {
    case "/v1/chat/completions":
      return JSON.stringify({ model: "p/m", messages, stream, max_tokens: bound });
    case "/v1/responses":
      return JSON.stringify({ model: "p/m", input: prompt, stream, max_output_tokens: bound });
    case "/v1/messages":
      return JSON.stringify({ model: "p/m", messages, stream, max_tokens: bound });
  }
}

/** The text of a whole answer, or of the events of one that has its end; undefined of another. */
export function textOf({ path, stream }: CallKind, body: string): string | undefined {
  const isMessages = path === "/v1/messages";
  const isChat = path === "/v1/chat/completions";
  if (!stream) {
    const { choices, content, output } = JSON.parse(body);
    if (isChat) return choices[0].message.content;
    return isMessages ? content[0].text : output[0].content[0].text;
  }
  const events = body.split("\n").filter((line) => line.startsWith("data: {"));
  const parsed = events.map((line) => JSON.parse(line.slice(6)));
  if (isChat) {
    if (!body.trimEnd().endsWith("data: [DONE]")) return undefined;
    return parsed.map(({ choices }) => choices[0]?.delta.content ?? "").join("");
  }
  const last = isMessages ? "message_stop" : "response.completed";
  if (parsed.at(-1)?.type !== last) return undefined;
  const kind = isMessages ? "content_block_delta" : "response.output_text.delta";
  const deltas = parsed.filter(({ type }) => type === kind);
  return deltas.map(({ delta }) => (isMessages ? delta.text : delta)).join("");
}

/** The code of a failure in the form of the call's wire, whole or as the last event of a stream. */
export function codeOf({ path }: CallKind, body: string): string | undefined {
  const events = body.split("\n").filter((line) => line.startsWith("data: {"));
  const last = JSON.parse(events.at(-1)?.slice(6) ?? body);
  if (path === "/v1/messages") {
    const { type, error } = last;
    return type === "error" && error?.message ? error.type : undefined;
  }
  // In mid-stream the Responses wire has it in an event of its own.
  const error = last.error ?? (last.type === "error" ? last : last.response?.error);
  return error?.message ? (error.code ?? error.type) : undefined;
}
