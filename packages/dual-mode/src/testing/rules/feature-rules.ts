import { ok } from "node:assert/strict";
import type { Feature } from "../../contract/mode.ts";
import type { ChatRequest } from "../../contract/request.ts";
import { DualModeError } from "../../error.ts";
import { whole } from "../plays.ts";
import type { Ground, Rule } from "../rule.ts";

const image = "bWFya2VkLWltYWdl";
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
  images: [
    {
      messages: [
        { role: "user", content: [{ type: "image", mediaType: "image/png", data: image }] },
      ],
    },
    image,
  ],
};

/** What a mode declares it sends. A feature that it does not declare passes by. */
export const featureRules: readonly Rule[] = Object.entries(requests).map(
  ([feature, [request, ...marks]]): Rule => ({
    name: `${feature} is refused, or it reaches the vendor`,
    purpose: "What a mode declares it sends: nothing of a request is dropped silently.",
    check: (ground) => arrives(ground, { messages: asks("Hello"), ...request }, marks),
  }),
);

async function arrives(
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
