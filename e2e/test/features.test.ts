import type { ChatRequest } from "@acc/dual-mode";
import type { Feature } from "@acc/dual-mode/provider";
import { describe, expect, it } from "vitest";
import { featureNames } from "../../packages/dual-mode/src/request/feature-names.ts";
import { chatAlone } from "../../packages/openai/src/sdk/which-api.ts";
import { plays, type Vendor } from "../../scripts/vendor-answers.ts";
import { featureTables } from "./feature-tables.ts";
import { callsIn } from "./received.ts";
import { Scene } from "./scene.ts";
import { type Target, targets } from "./targets.ts";

const scene = new Scene();

/** A model of each vendor that lacks the least; another where that one lacks the feature. */
const models: Readonly<Record<Vendor, string>> = {
  claude: "claude-haiku-5-5",
  gemini: "gemini-2.5-flash",
  groq: "openai/gpt-oss-120b",
  openai: "gpt-4.1",
};
const others: Readonly<Record<string, string>> = {
  "gemini presencePenalty": "gemini-2.0-flash",
  "gemini frequencyPenalty": "gemini-2.0-flash",
  "openai reasoning": "gpt-6.2-sol",
  "groq images": "meta-llama/llama-4-scout-17b-16e-instruct",
  "groq imageUrls": "meta-llama/llama-4-scout-17b-16e-instruct",
};

const asks = (content: string) => [{ role: "user", content }] as const;
const tool = { name: "marked_tool", inputSchema: { type: "object" } };
const jsonSchema = { type: "object", properties: { marked_member: { type: "string" } } };
const pdf = { type: "file", mediaType: "application/pdf" } as const;
/** A PNG of one pixel: a CLI looks at what it is given. */
const pixel =
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
const holds = (piece: object) =>
  ({ messages: [{ role: "user", content: [piece] }] }) as unknown as Partial<ChatRequest>;

/** A request that needs the feature, and what of it the server must have got, in the vendor's words. */
type Asked = readonly [Partial<ChatRequest>, RegExp | Readonly<Partial<Record<Vendor, RegExp>>>];

const requests: Readonly<Record<Feature, Asked>> = {
  system: [{ system: "marked-system" }, /marked-system/],
  multiTurn: [
    { messages: [...asks("turn-1"), { role: "assistant", content: "turn-2" }, ...asks("turn-3")] },
    /turn-1.*turn-2.*turn-3/,
  ],
  temperature: [{ temperature: 0.123 }, /"temperature":0.123/],
  topP: [{ topP: 0.456 }, /"top_?[pP]":0.456/],
  topK: [{ topK: 42 }, /"top_?[kK]":42/],
  stop: [{ stop: ["marked-stop"] }, /\["marked-stop"\]/],
  maxOutputTokens: [{ maxOutputTokens: 4321 }, /[tT]okens":4321/],
  seed: [{ seed: 4242 }, /"seed":4242/],
  presencePenalty: [{ presencePenalty: 0.789 }, /"presence_?[pP]enalty":0.789/],
  frequencyPenalty: [{ frequencyPenalty: -1.5 }, /"frequency_?[pP]enalty":-1.5/],
  reasoning: [
    { reasoning: "high" },
    {
      claude: /"effort":"high"/,
      gemini: /"thinkingBudget":24576/,
      groq: /"reasoning_effort":"high"/,
      openai: /"effort":"high"/,
    },
  ],
  schema: [
    { schema: { jsonSchema, validate: (value) => value } },
    /"marked_member":\{"type":"string"\}/,
  ],
  json: [
    { json: true },
    {
      gemini: /"responseMimeType":"application\/json"/,
      groq: /\{"type":"json_object"\}/,
      openai: /\{"type":"json_object"\}/,
    },
  ],
  tools: [{ tools: [tool] }, /"name":"(mcp__?\w+__?)?marked_tool"/],
  toolChoice: [
    { tools: [tool], toolChoice: { tool: "marked_tool" } },
    {
      claude: /"tool_choice":\{"type":"tool","name":"(mcp__\w+__)?marked_tool"\}/,
      gemini: /"allowedFunctionNames":\["\w*marked_tool"\]/,
      groq: /"tool_choice":\{"type":"function","function":\{"name":"marked_tool"\}\}/,
      openai: /"tool_choice":\{"type":"function","name":"marked_tool"\}/,
    },
  ],
  parallelTools: [
    { tools: [tool], parallelTools: false },
    {
      claude: /"disable_parallel_tool_use":true/,
      groq: /"parallel_tool_calls":false/,
      openai: /"parallel_tool_calls":false/,
    },
  ],
  strictTools: [
    { tools: [{ ...tool, strict: true }] },
    {
      claude: /"strict":true/,
      gemini: /"mode":"VALIDATED"/,
      groq: /"strict":true/,
      openai: /"strict":true/,
    },
  ],
  images: [holds({ type: "image", mediaType: "image/png", data: pixel }), /iVBORw0KGgo/],
  imageUrls: [
    holds({ type: "image", url: "https://example.com/marked.png" }),
    /https:\/\/example.com\/marked.png/,
  ],
  files: [holds({ ...pdf, data: "bWFyaw==" }), /bWFyaw==/],
  fileUrls: [holds({ ...pdf, url: "https://example.com/a.pdf" }), /https:\/\/example.com\/a.pdf/],
  systemTurns: [
    { messages: [...asks("turn-1"), { role: "system", content: "marked-turn" }, ...asks("3")] },
    /turn-1.*marked-turn/,
  ],
  vendor: [
    {
      vendor: {
        claude: { metadata: { user_id: "marked-member" } },
        gemini: { labels: { marked: "marked-member" } },
        groq: { user: "marked-member" },
        openai: { safety_identifier: "marked-member" },
      },
    },
    /"marked-member"/,
  ],
};

/** Models that can be kept from thinking, and what the server must have got for it. */
const thoughtless: Readonly<Record<Vendor, readonly (readonly [string, RegExp])[]>> = {
  claude: [
    ["claude-sonnet-5-5", /"thinking":\{"type":"between_tools"\}/],
    ["claude-haiku-5-5", /"thinking":\{"type":"disabled"\}/],
    ["claude-haiku-4-5", /"model":"claude-haiku-4-5"/],
  ],
  gemini: [["gemini-2.5-flash", /"thinkingBudget":0/]],
  groq: [["qwen/qwen3-32b", /"reasoning_effort":"none"/]],
  openai: [["gpt-6.2-sol", /"effort":"none"/]],
};

describe.each(targets)("$name", (target) => {
  const { supports } = featureTables[target.vendor][target.mode];

  const ask = async (feature: Feature) => {
    const answer = feature === "schema" || feature === "json" ? ['{"marked_member":', '"x"}'] : [];
    const server = await scene.serve(plays(target.vendor, ...answer, ...(answer[0] ? [] : ["ok"])));
    const model = others[`${target.vendor} ${feature}`] ?? models[target.vendor];
    await using client = scene.open(target, server.url);
    const call = client.chat({ messages: asks("Hello"), model, ...requests[feature][0] });
    const failure: unknown = await call.then(
      () => undefined,
      (error) => error,
    );
    const bodies = callsIn(server.requests).map(({ body }) => body);
    scene.tools = bodies.flatMap(toolsOf) as readonly string[];
    return { failure, bodies };
  };

  // This target's client asks Responses alone.
  const elsewhere: readonly string[] = target.vendor === "openai" ? chatAlone : [];
  const declared = supports.filter(
    (feature) => !(feature === "schema" && callsATool(target)) && !elsewhere.includes(feature),
  );
  it.each(declared)("sends %s, which it declares", async (feature) => {
    const { failure, bodies } = await ask(feature);
    expect(failure).toBeUndefined();
    const [, sent] = requests[feature];
    const words = sent instanceof RegExp ? sent : sent[target.vendor];
    expect(words, "the vendor's words for it").toBeDefined();
    expect(bodies).toEqual([expect.stringMatching(words as RegExp)]);
  });

  it.each(thoughtless[target.vendor])("keeps %s from thinking", async (model, sent) => {
    const server = await scene.serve(plays(target.vendor, "ok"));
    await using client = scene.open(target, server.url);
    await client.chat({ messages: asks("Hello"), model, reasoning: "none" });
    const bodies = callsIn(server.requests).map(({ body }) => body);
    expect(bodies).toEqual([expect.stringMatching(sent)]);
    expect(bodies[0]).not.toMatch(/"adaptive"|"enabled"|"budget_tokens"/);
  });

  const missing = featureNames.filter((feature) => !supports.includes(feature));
  it.each(missing)("refuses %s, which it does not declare", async (feature) => {
    const { failure, bodies } = await ask(feature);
    expect(failure).toMatchObject({ code: "UNSUPPORTED_FEATURE" });
    expect(String(failure)).toContain(feature);
    expect(bodies).toEqual([]);
  });
});

/** Claude's CLI has the model answer to a schema by calling a tool: another test plays that. */
function callsATool({ vendor, mode }: Target): boolean {
  return vendor === "claude" && mode === "cli";
}

interface Named {
  readonly name?: string;
  readonly function?: Named;
  readonly functionDeclarations?: readonly Named[];
}

/** The names of a body's tools: that they are the caller's own is held by what must have been sent. */
function toolsOf(body: string): readonly (string | undefined)[] {
  const { tools = [] } = JSON.parse(body) as { tools?: readonly Named[] };
  return tools.flatMap((each) =>
    (each.functionDeclarations ?? [each.function ?? each]).map(({ name }) => name),
  );
}
