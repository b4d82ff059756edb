import fc from "fast-check";
import type { Message } from "../../src/contract/request.ts";

const text = fc.oneof(
  fc.constantFrom("", " ", "\n", "a", "cut \ud83c", "\udf89 cut", "whole 🎉"),
  fc.string({ unit: "binary", maxLength: 20 }),
);
const id = fc.oneof(
  fc.constantFrom("", "a", "b", "call_1", "call_1_2", "call", "a|b", "x".repeat(50)),
  fc.string({ maxLength: 3 }),
);
const name = fc.constantFrom("weather", "news", "9 lives", "", "files.read", "y".repeat(200));
const input = fc.oneof(
  fc.json().map((json) => JSON.parse(json)),
  fc.constantFrom(undefined, '{"a":1}'),
);
const image = fc.constant({ type: "image", mediaType: "image/png", data: "aGk=" } as const);
const media = fc.oneof(
  image,
  fc.constantFrom(
    { type: "image", mediaType: "image/png", url: "https://a.example/b" } as const,
    { type: "file", mediaType: "application/pdf", data: "JVBERi0=", name: "\ud83c.pdf" } as const,
  ),
);
const texts = fc.record({ type: fc.constant("text" as const), text });

/** Messages as callers might write them, in any order; `signatures` are what vendors may have signed. */
export function messages(signatures: {
  readonly thought: readonly string[];
  readonly call: readonly string[];
}): fc.Arbitrary<readonly Message[]> {
  const signed = (of: readonly string[]) => ({
    requiredKeys: [] as never[],
    signature: fc.constantFrom("other:proof", ...of),
  });
  const { signature: thoughtProof } = signed(signatures.thought);
  const { signature: callProof } = signed(signatures.call);
  const call = fc.record(
    { id, name, input, signature: callProof },
    { requiredKeys: ["id", "name", "input"] },
  );
  const piece = fc.oneof(
    texts,
    fc.record(
      { type: fc.constant("reasoning" as const), text, signature: thoughtProof },
      { requiredKeys: ["type", "text"] },
    ),
    call.map((each) => ({ type: "tool-call" as const, ...each })),
  );
  const given = fc.oneof(text, fc.array(fc.oneof(texts, media), { maxLength: 4 }));
  const message = fc.oneof(
    fc.record({ role: fc.constant("user" as const), content: given }),
    { weight: 1, arbitrary: fc.record({ role: fc.constant("system" as const), content: text }) },
    fc.record(
      {
        role: fc.constant("assistant" as const),
        content: fc.oneof(text, fc.array(piece, { maxLength: 5 })),
        toolCalls: fc.array(call, { maxLength: 3 }),
      },
      { requiredKeys: ["role", "content"] },
    ),
    fc.record(
      {
        role: fc.constant("tool" as const),
        toolCallId: id,
        content: given,
        isError: fc.boolean(),
      },
      { requiredKeys: ["role", "toolCallId", "content"] },
    ),
  );
  return fc.array(message, { maxLength: 12 }).map(answered) as fc.Arbitrary<readonly Message[]>;
}

/** Mostly with results for its calls, in some order: else few histories would be sendable. */
function answered(messages: readonly Message[]): readonly Message[] {
  return messages.flatMap((message, index): readonly Message[] => {
    if (message.role === "tool") return index % 3 === 0 ? [message] : [];
    if (message.role === "user" || message.role === "system" || index % 4 === 3) return [message];
    const placed = typeof message.content === "string" ? [] : message.content;
    const calls = [
      ...placed.filter((piece) => Reflect.get(piece, "type") === "tool-call"),
      ...("toolCalls" in message ? (message.toolCalls ?? []) : []),
    ] as readonly { readonly id: string }[];
    const ids = [...new Set(calls.map((call) => call.id))];
    const results = ids.flatMap((toolCallId) =>
      calls
        .filter((call) => call.id === toolCallId)
        .map((_, place) => ({ role: "tool", toolCallId, content: String(place) }) as const),
    );
    return [message, ...(index % 2 === 0 ? results : results.toReversed())];
  });
}
