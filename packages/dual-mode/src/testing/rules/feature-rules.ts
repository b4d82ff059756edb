import { ok } from "node:assert/strict";
import type { Client } from "../../contract/client.ts";
import type { Feature } from "../../contract/mode.ts";
import type { ChatRequest, UserContent } from "../../contract/request.ts";
import { DualModeError } from "../../error.ts";
import { whole } from "../plays.ts";
import type { Ground, Rule } from "../rule.ts";

/** Bytes that are no image and no PDF: they are only compared, and nobody reads them. */
const image = "bWFya2VkLWltYWdl";
const pdf = "bWFya2VkLWZpbGUh";
const url = "https://marked.example/";
const asks = (content: string) => [{ role: "user", content }] as const;
const tool = { name: "marked_tool", inputSchema: { type: "object" } };
const tools = [tool, { ...tool, name: "other_tool" }];
const jsonSchema = { type: "object", properties: { marked_member: { type: "string" } } };

interface Needy {
  readonly request: Partial<ChatRequest>;
  /** Texts that must arrive, in this order. */
  readonly marks: readonly string[];
  /**
   * The same request without the feature. If no text can show the feature, the two requests must be
   * sent differently.
   */
  readonly without?: Partial<ChatRequest>;
}

const says = (request: Partial<ChatRequest>, ...marks: string[]): Needy => ({ request, marks });
const differs = (request: Partial<ChatRequest>, without: Partial<ChatRequest> = {}): Needy => ({
  request,
  marks: [],
  without,
});
const holds = (piece: UserContent, ...marks: string[]): Needy =>
  says(
    { messages: [{ role: "user", content: [{ type: "text", text: "Look." }, piece] }] },
    ...marks,
  );

/** A request for each feature that needs it. */
const requests: Readonly<Record<Feature, Needy>> = {
  system: says({ system: "marked-system" }, "marked-system"),
  multiTurn: says(
    {
      messages: [
        ...asks("turn-one"),
        { role: "assistant", content: "turn-two" },
        ...asks("turn-3"),
      ],
    },
    "turn-one",
    "turn-two",
  ),
  temperature: says({ temperature: 0.123 }, "0.123"),
  topP: says({ topP: 0.456 }, "0.456"),
  stop: says({ stop: ["marked-stop"] }, "marked-stop"),
  maxOutputTokens: says({ maxOutputTokens: 4321 }, "4321"),
  seed: says({ seed: 424_242 }, "424242"),
  topK: says({ topK: 4242 }, "4242"),
  presencePenalty: says({ presencePenalty: 0.789 }, "0.789"),
  frequencyPenalty: says({ frequencyPenalty: -1.234 }, "-1.234"),
  reasoning: differs({ reasoning: "high" }),
  schema: says({ schema: { jsonSchema, validate: (value) => value } }, "marked_member"),
  tools: says({ tools: [tool] }, "marked_tool"),
  toolChoice: differs({ tools, toolChoice: { tool: "marked_tool" } }, { tools }),
  parallelTools: differs({ tools, parallelTools: false }, { tools }),
  strictTools: differs({ tools: [{ ...tool, strict: true }] }, { tools: [tool] }),
  json: differs({ json: true }),
  vendor: says({ vendor: {} }, "marked-member"),
  images: holds({ type: "image", mediaType: "image/png", data: image }, image),
  imageUrls: holds({ type: "image", mediaType: "image/png", url: `${url}image` }, `${url}image`),
  files: holds({ type: "file", mediaType: "application/pdf", data: pdf }, pdf),
  fileUrls: holds({ type: "file", mediaType: "application/pdf", url: `${url}file` }, `${url}file`),
  systemTurns: says(
    {
      messages: [
        ...asks("turn-one"),
        { role: "assistant", content: "turn-two" },
        { role: "system", content: "marked-turn" },
        ...asks("turn-3"),
      ],
    },
    "marked-turn",
  ),
};

/**
 * Rules for features: a mode sends what it declares. A feature that it does not declare may be
 * refused.
 */
export const featureRules: readonly Rule[] = Object.entries(requests).map(
  ([feature, needy]): Rule => ({
    name: `${feature} is refused, or it reaches the vendor`,
    purpose: "What a mode declares it sends: nothing of a request is dropped silently.",
    check: (ground) => needed(ground, needy, feature === "vendor"),
  }),
);

/**
 * Checks that the request is refused before it is sent, or that each mark in it reaches the vendor.
 */
export async function arrives(
  ground: Ground,
  request: Partial<ChatRequest>,
  marks: readonly string[],
): Promise<void> {
  await needed(ground, { request, marks }, false);
}

async function needed(
  ground: Ground,
  { request, marks, without }: Needy,
  asksVendor: boolean,
): Promise<void> {
  const client = ground.client();
  const own = asksVendor && { vendor: { [client.provider]: { marked_member: "marked-member" } } };
  const sent = await sentFor(ground, client, { ...request, ...own });
  if (sent === undefined) return;
  for (const mark of marks) ok(sent.includes(mark), `"${mark}" did not arrive.`);
  if (without === undefined) return;
  const other = await sentFor(ground, client, without);
  ok(sent !== other, "What was sent is the same as without it.");
}

/** Returns what reached the vendor; undefined if the request was refused before that. */
async function sentFor(
  { stage }: Ground,
  client: Client,
  request: Partial<ChatRequest>,
): Promise<string | undefined> {
  const isObject = request.schema !== undefined || request.json === true;
  const object = { texts: ['{"marked_member":', '"x"}'], structured: request.schema !== undefined };
  const before = stage.sent().length;
  stage.play(whole(stage, isObject ? object : {}));
  const failure: unknown = await client.chat({ messages: asks("Hello"), ...request }).then(
    () => undefined,
    (error) => error,
  );
  const arrived = stage.sent().slice(before);
  if (DualModeError.is(failure) && failure.code === "UNSUPPORTED_FEATURE") {
    ok(arrived.length === 0, "It was refused after it had been sent.");
    return undefined;
  }
  if (failure !== undefined) throw failure;
  ok(arrived.length === 1, `The vendor was asked ${arrived.length} times.`);
  return withoutRunFolder(arrived[0]?.content ?? "");
}

/** A run's private folder has a new name each time, as may ids that a mode makes. */
function withoutRunFolder(content: string): string {
  return content.replaceAll(/acc-[\w-]+/g, "acc");
}
