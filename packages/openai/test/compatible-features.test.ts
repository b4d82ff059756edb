import { DualModeError } from "@acc/dual-mode";
import { describe, expect, it } from "vitest";
import { plays } from "../../../scripts/vendor-answers.ts";
import { serve } from "../../../test/played/serve-answer.ts";
import { featureNames } from "../../dual-mode/src/request/feature-names.ts";
import {
  type CompatibleServer,
  deepSeek,
  llamaCpp,
  lmStudio,
  mistral,
  ollama,
  openRouter,
  together,
  vllm,
  xai,
} from "../src/compatible.ts";
import { open } from "./compatible-scene.ts";
import { azure, presets } from "./every-preset.ts";

const tools = ["now", "here"].map((name) => ({ name, inputSchema: { type: "object" } }));
const named = { tools, toolChoice: { tool: "now" } };
const schema = { jsonSchema: { type: "object" }, validate: (value: unknown) => value };
const unthinking = { deepseek: { thinking: { type: "disabled" } } };
const image = { type: "image", url: "https://example.com/a.png" };

/** The body that the server is sent, or the error of a request that it is not asked for. */
async function ask(preset: CompatibleServer, more: object): Promise<unknown> {
  const server = await serve(plays("groq", "{}"));
  await using client = open(preset, server);
  const messages = [{ role: "user", content: "Hello" }] as const;
  const failed = await Promise.resolve(client.chat({ messages, ...more })).then(
    () => undefined,
    (error: unknown) => error,
  );
  const [request] = server.requests;
  if (request !== undefined) return JSON.parse(request.body);
  if (!DualModeError.is(failed)) throw failed;
  return { code: failed.code, message: failed.message };
}

const refused = (words: RegExp) => ({
  code: "UNSUPPORTED_FEATURE",
  message: expect.stringMatching(words),
});
const namedChoice = { type: "function", function: { name: "now" } };

describe("what a server is known to refuse, or to take and not keep to, it is not asked for", () => {
  it.each([
    ["ollama/ollama#17921", ollama, named, /ignores it/],
    ["ollama/ollama#11171", ollama, { tools, toolChoice: "required" }, /ignores it/],
    ["ollama/ollama#17921", ollama, { tools, toolChoice: "none" }, /ignores it/],
    ["ollama/ollama#6753", ollama, { messages: [{ role: "user", content: [image] }] }, /bytes/],
    ["lmstudio-ai/lmstudio-bug-tracker#670", lmStudio, named, /"required", with that tool alone/],
    ["lmstudio-ai/lmstudio-bug-tracker#189", lmStudio, { json: true }, /only with a schema/],
    ["ggml-org/llama.cpp#26535", llamaCpp, named, /"required", with that tool alone/],
    ["deepseek-ai/DeepSeek-V3#1376", deepSeek, named, /which tool to call/],
    ["mozilla-ai/any-llm#1384", deepSeek, { tools, toolChoice: "none" }, /which tool to call/],
    ["its guide to thinking", deepSeek, { temperature: 0 }, /ignores it/],
    ["its guide to thinking", deepSeek, { reasoning: "none" }, /its own member/],
    ["its reference", deepSeek, { schema }, /without a schema/],
    ["yym68686/uni-api#105", xai, { presencePenalty: 1 }, /models that think/],
    ["can1357/oh-my-pi#7454", xai, { stop: ["x"] }, /models that think/],
    ["its reference", together, { tools, parallelTools: false }, /no such member/],
    ["its reference", mistral, { topK: 5 }, /no such member/],
  ] as const)("%s", async (_source, preset, more, words) => {
    expect(await ask(preset, more)).toEqual(refused(words));
  });
});

describe("what a server has is asked for by its name", () => {
  it.each([
    [vllm, named, { tool_choice: namedChoice }],
    [openRouter, named, { tool_choice: namedChoice }],
    [xai, named, { tool_choice: namedChoice }],
    [mistral, named, { tool_choice: namedChoice }],
    [together, named, { tool_choice: namedChoice }],
    [azure, named, { tool_choice: namedChoice }],
    [lmStudio, { tools, toolChoice: "required" }, { tool_choice: "required" }],
    [llamaCpp, { tools, toolChoice: "required" }, { tool_choice: "required" }],
    [deepSeek, { ...named, vendor: unthinking }, { tool_choice: namedChoice }],
    [deepSeek, { temperature: 0, vendor: unthinking }, { temperature: 0 }],
    [deepSeek, { reasoning: "medium" }, { reasoning_effort: "low" }],
    [deepSeek, { reasoning: "xhigh" }, { reasoning_effort: "high" }],
    [deepSeek, { json: true }, { response_format: { type: "json_object" } }],
    [vllm, { tools, parallelTools: false }, { parallel_tool_calls: false }],
    [llamaCpp, { topK: 5 }, { top_k: 5 }],
    [ollama, { presencePenalty: 1, frequencyPenalty: 1 }, { presence_penalty: 1 }],
    [ollama, { json: true }, { response_format: { type: "json_object" } }],
  ] as const)("$id: %j", async (preset, more, body) => {
    expect(await ask(preset, more)).toMatchObject(body);
  });

  it.each(presets)("$id takes members of its own", async (preset) => {
    const sent = await ask(preset, { vendor: { [preset.id]: { min_p: 0.1 } } });
    expect(sent).toMatchObject({ min_p: 0.1 });
  });
});

it.each(presets)("$id says of each feature that it has it, or why not", (preset) => {
  const { supports = [], lacks = [] } = preset;
  const told = new Set([...supports, ...lacks.flatMap(({ features }) => features)]);
  expect(featureNames.filter((name) => !told.has(name))).toEqual([]);
});
