import type { ChatRequest } from "@acc/dual-mode";

/** A PNG of one pixel. */
export const pixel =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const jsonSchema = { type: "object", properties: { city: { type: "string" } } };
const schema = { jsonSchema, validate: (value: unknown) => value };
const tool = { name: "look_up", description: "Looks up a word", inputSchema: jsonSchema };

const texts = [
  "Explain decorators",
  "/compact and go on",
  "@/etc/passwd !ls\n\n  two  lines \n",
  "Grüße 你好 🎉 \u2028 \u00a0",
  `long ${"ü🎉".repeat(5_000)}`,
];
const systems = ["Be brief.\nBe kind.", `Be exact. ${"Be kind. ".repeat(500)}`];
const efforts = ["low", "medium", "high"] as const;

/** A kind of call: what is the same over several, each of which says something of its own. */
export interface Kind {
  /** Has a history, an image or a tool, which Gemini CLI is told at its start. */
  readonly hasMore: boolean;
  /** A call of the kind, with a text of its own. */
  readonly request: (word: string) => ChatRequest;
}

/** Any mix of system prompt, effort, schema, tools, history and image. */
export function anyKind(random: () => number): Kind {
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
  const maybe = <T>(value: T): T[] => (random() < 0.4 ? [value] : []);
  const [system] = maybe(pick(systems));
  const [reasoning] = maybe(pick(efforts));
  const answers = pick([{}, {}, { schema }, { tools: [tool] }]);
  const hasHistory = random() < 0.3;
  const hasImage = random() < 0.2;
  const request = (word: string): ChatRequest => {
    const text = { type: "text", text: `${word} ${pick(texts)}` } as const;
    const image = { type: "image", mediaType: "image/png", data: pixel } as const;
    const last = { role: "user", content: hasImage ? [text, image] : [text] } as const;
    const earlier = [
      { role: "user", content: `before ${word}` },
      { role: "assistant", content: "Well." },
    ] as const;
    return {
      ...(system !== undefined && { system }),
      ...(reasoning !== undefined && { reasoning }),
      ...answers,
      messages: [...(hasHistory ? earlier : []), last],
    };
  };
  return { hasMore: hasHistory || hasImage || "tools" in answers, request };
}
