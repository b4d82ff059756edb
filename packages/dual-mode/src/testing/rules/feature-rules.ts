import { ok } from "node:assert/strict";
import type { Feature } from "../../contract/mode.ts";
import type { ChatRequest, UserContent } from "../../contract/request.ts";
import { DualModeError } from "../../error.ts";
import { whole } from "../plays.ts";
import type { Ground, Rule } from "../rule.ts";

/** Bytes of no image and no PDF: what arrives is compared, and nobody looks at it. */
const image = "bWFya2VkLWltYWdl";
const pdf = "bWFya2VkLWZpbGUh";
const url = "https://marked.example/";
const asks = (content: string) => [{ role: "user", content }] as const;
const tool = { name: "marked_tool", inputSchema: { type: "object" } };
const jsonSchema = { type: "object", properties: { marked_member: { type: "string" } } };

/** A request that needs a feature, and what of it must arrive, in this order. */
const requests: Readonly<Partial<Record<Feature, readonly [Partial<ChatRequest>, ...string[]]>>> = {
  system: [{ system: "marked-system" }, "marked-system"],
  multiTurn: [
    {
      messages: [
        ...asks("turn-one"),
        { role: "assistant", content: "turn-two" },
        ...asks("turn-3"),
      ],
    },
    "turn-one",
    "turn-two",
  ],
  temperature: [{ temperature: 0.123 }, "0.123"],
  topP: [{ topP: 0.456 }, "0.456"],
  stop: [{ stop: ["marked-stop"] }, "marked-stop"],
  maxOutputTokens: [{ maxOutputTokens: 4321 }, "4321"],
  seed: [{ seed: 424_242 }, "424242"],
  reasoning: [{ reasoning: "low" }],
  schema: [{ schema: { jsonSchema, validate: (value) => value } }, "marked_member"],
  tools: [{ tools: [tool] }, "marked_tool"],
  images: [attached({ type: "image", mediaType: "image/png", data: image }), image],
  files: [attached({ type: "file", mediaType: "application/pdf", data: pdf }), pdf],
  imageUrls: [
    attached({ type: "image", mediaType: "image/png", url: `${url}image` }),
    `${url}image`,
  ],
  fileUrls: [
    attached({ type: "file", mediaType: "application/pdf", url: `${url}file` }),
    `${url}file`,
  ],
  systemTurns: [
    {
      messages: [
        ...asks("turn-one"),
        { role: "assistant", content: "turn-two" },
        { role: "system", content: "marked-turn" },
        ...asks("turn-3"),
      ],
    },
    "marked-turn",
  ],
};

function attached(piece: UserContent): Partial<ChatRequest> {
  return { messages: [{ role: "user", content: [{ type: "text", text: "Look." }, piece] }] };
}

/** What a mode declares it sends. A feature that it does not declare passes by. */
export const featureRules: readonly Rule[] = Object.entries(requests).map(
  ([feature, [request, ...marks]]): Rule => ({
    name: `${feature} is refused, or it reaches the vendor`,
    purpose: "What a mode declares it sends: nothing of a request is dropped silently.",
    check: (ground) => arrives(ground, { messages: asks("Hello"), ...request }, marks),
  }),
);

/** The request is refused before it is sent, or each mark of it reaches the vendor. */
export async function arrives(
  { stage, client }: Ground,
  request: ChatRequest,
  marks: readonly string[],
): Promise<void> {
  const object = { texts: ['{"marked_member":', '"x"}'], structured: true };
  stage.play(whole(stage, request.schema === undefined ? {} : object));
  const failure: unknown = await client()
    .chat(request)
    .then(
      () => undefined,
      (error) => error,
    );
  if (DualModeError.is(failure) && failure.code === "UNSUPPORTED_FEATURE") {
    return ok(stage.sent().length === 0, "It was refused after it had been sent.");
  }
  if (failure !== undefined) throw failure;
  const arrived = stage.sent().map(({ content }) => content);
  ok(arrived.length === 1, `The vendor was asked ${arrived.length} times.`);
  for (const mark of marks) ok(arrived[0]?.includes(mark), `"${mark}" did not arrive.`);
}
