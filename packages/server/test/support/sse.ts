/** One event of a stream, as it stands in a body. */
export interface SentEvent {
  readonly event?: string;
  readonly data: string;
}

/** The events of a body, comments left out. */
export function sentEvents(body: string): SentEvent[] {
  const blocks = body.split("\n\n").filter((block) => block !== "" && !block.startsWith(":"));
  return blocks.map((block) => {
    const lines = block.split("\n");
    const of = (name: string) =>
      lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2);
    const event = of("event");
    return { ...(event !== undefined && { event }), data: of("data") ?? "" };
  });
}

/** The JSON of each event. */
// biome-ignore lint/suspicious/noExplicitAny: what was sent is what a test looks at.
export function sentJson(body: string): any[] {
  return sentEvents(body)
    .filter(({ data }) => data !== "[DONE]")
    .map(({ data }) => JSON.parse(data));
}
