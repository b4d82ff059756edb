import { asciiText, unicodeText } from "../data/text.ts";

export interface Shape {
  readonly name: string;
  readonly request: Record<string, unknown>;
}

/** What a client sends: short and long prompts, many scripts, and many tools. */
export const shapes: readonly Shape[] = [
  { name: "1 KB text", request: chat(asciiText(1000)) },
  { name: "20 KB ASCII", request: chat(asciiText(20_000)) },
  { name: "200 KB ASCII", request: chat(asciiText(200_000)) },
  { name: "200 KB Unicode", request: chat(unicodeText(200_000)) },
  { name: "200 KB tool schemas", request: { ...chat("Book a flight."), tools: tools(200_000) } },
];

function chat(content: string): Record<string, unknown> {
  return {
    provider: "claude",
    model: "model-1-large",
    system: "Answer briefly.",
    messages: [{ role: "user", content }],
    maxOutputTokens: 1024,
    temperature: 0.2,
  };
}

function tools(bytes: number): unknown[] {
  const made: unknown[] = [];
  for (let length = 0; length < bytes; length += JSON.stringify(made.at(-1)).length) {
    made.push(tool(made.length));
  }
  return made;
}

function tool(index: number): unknown {
  return {
    name: `book_flight_${index}`,
    description: asciiText(80, index),
    inputSchema: {
      type: "object",
      properties: {
        from: { type: "string", description: asciiText(40, index), minLength: 3, maxLength: 3 },
        to: { type: "string", description: asciiText(40, index + 1), minLength: 3, maxLength: 3 },
        seats: { type: "integer", minimum: 1, maximum: 9, default: 1 },
        class: { type: "string", enum: ["economy", "premium", "business", "first"] },
        passengers: { type: "array", items: { type: "object", required: ["name", "age"] } },
      },
      required: ["from", "to", "seats"],
      additionalProperties: false,
    },
  };
}
