import type { Part } from "@acc/dual-mode/provider";

export async function collected(parts: AsyncIterable<Part>): Promise<Part[]> {
  const all: Part[] = [];
  for await (const part of parts) all.push(part);
  return all;
}

/** What the parts of an answer say together. */
export function inShort(parts: readonly Part[]) {
  const of = <Type extends Part["type"]>(type: Type) =>
    parts.filter((part): part is Extract<Part, { type: Type }> => part.type === type);
  const textOf = (type: "text" | "reasoning" | "tool-input") =>
    of(type)
      .map(({ text }) => text)
      .join("");
  return {
    text: textOf("text"),
    reasoning: textOf("reasoning"),
    calls: of("tool-call").map(({ id, name, input }) => [id, name, input]),
    shown: textOf("tool-input"),
    usage: of("usage")[0]?.usage,
    reason: of("finish")[0]?.reason,
    model: of("start")[0]?.model,
  };
}
