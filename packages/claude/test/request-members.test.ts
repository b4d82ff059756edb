import type { CanonicalRequest } from "@acc/dual-mode/provider";
import { describe, expect, it } from "vitest";
import { plays } from "../../../scripts/vendor-answers.ts";
import { outcomeOf, runContext } from "../../../test/played/run-context.ts";
import { serve } from "../../../test/played/serve-answer.ts";
import { createClaude } from "../src/create-claude.ts";
import { sdk } from "../src/sdk/mode.ts";

const question: CanonicalRequest = {
  model: "claude-haiku-5-5",
  messages: [{ role: "user", content: [{ type: "text", text: "Hello" }] }],
};

async function bodyOf(members: Partial<CanonicalRequest>) {
  const server = await serve(plays("claude", '{"a":1}'));
  const { error } = await outcomeOf(sdk.run({ ...question, ...members }, runContext(server.url)));
  expect(error).toBeUndefined();
  return JSON.parse(server.requests[0]?.body ?? "");
}

async function errorOf(members: Partial<CanonicalRequest>) {
  const server = await serve(plays("claude", '{"a":1}'));
  const { error } = await outcomeOf(sdk.run({ ...question, ...members }, runContext(server.url)));
  expect(server.requests).toEqual([]);
  return error;
}

const tools = [
  { name: "look", inputSchema: { properties: { at: { type: "object" } } } },
  { name: "ask", inputSchema: {} },
];

describe("the body of the Messages API", () => {
  it.each<[Partial<CanonicalRequest>, object | undefined]>([
    [{}, undefined],
    [{ toolChoice: "none" }, { type: "none" }],
    [{ toolChoice: "none", parallelTools: false }, { type: "none" }],
    [{ toolChoice: "required" }, { type: "any" }],
    [
      { toolChoice: "required", parallelTools: false },
      { type: "any", disable_parallel_tool_use: true },
    ],
    [{ toolChoice: { tool: "ask" } }, { type: "tool", name: "ask" }],
    [{ parallelTools: false }, { type: "auto", disable_parallel_tool_use: true }],
  ])("has the choice of tools %j as %j", async (members, choice) => {
    expect((await bodyOf({ tools, ...members })).tool_choice).toEqual(choice);
  });

  // vercel/ai#20681: "For 'object' type, 'additionalProperties' must be explicitly set to false"
  it("closes every object of a strict tool, and of a schema", async () => {
    const [look = question, ask] = tools;
    const strict = [{ ...look, strict: true }, ask] as CanonicalRequest["tools"];
    const { tools: sent } = await bodyOf({ tools: strict as never });
    const shut = { type: "object", additionalProperties: false };
    expect(sent[0]).toEqual({
      name: "look",
      strict: true,
      input_schema: { ...shut, properties: { at: shut } },
    });
    expect(sent[1]).toEqual({ name: "ask", input_schema: { type: "object" } });
    const schema = { type: "object", properties: { at: { type: "object" } } };
    const { output_config } = await bodyOf({ schema, schemaName: "place" });
    expect(output_config.format.schema).toEqual({
      ...shut,
      title: "place",
      properties: { at: shut },
    });
  });

  it("is not made of a strict tool that takes any members", async () => {
    const inputSchema = { type: "object", additionalProperties: { type: "string" } };
    expect(await errorOf({ tools: [{ name: "look", strict: true, inputSchema }] })).toMatchObject({
      code: "UNSUPPORTED_FEATURE",
      message: expect.stringContaining("request.tools[0].inputSchema"),
    });
  });

  it("has the vendor's own members, merged into ours", async () => {
    const vendor = {
      metadata: { user_id: "u" },
      output_config: { extra: 1 },
      service_tier: "auto",
    };
    const body = await bodyOf({ reasoning: "low", vendor });
    expect(body).toMatchObject({
      metadata: { user_id: "u" },
      output_config: { effort: "low", extra: 1 },
      service_tier: "auto",
    });
  });

  it.each([
    ["model", "other"],
    ["stream", false],
    ["messages", []],
    ["max_tokens", 1],
    ["system", "other"],
    ["tools", []],
    ["tool_choice", { type: "auto" }],
    // The SDK makes headers of them, which are not sent.
    ["workspace_id", "w"],
    ["user_profile_id", "p"],
  ])("lets nobody lay another %s into it", async (name, value) => {
    const asked = { system: "Brief.", tools, toolChoice: "required" } as const;
    expect(await errorOf({ ...asked, vendor: { [name]: value } })).toMatchObject({
      code: "INVALID_REQUEST",
      message: expect.stringContaining(`request.vendor.claude.${name}`),
    });
  });
});

describe("the level of thinking", () => {
  const levels = ["none", "minimal", "low", "medium", "high", "xhigh", "max"] as const;
  const adaptive = { type: "adaptive", display: "summarized" };
  const sentFor = async (model: string) =>
    Promise.all(
      levels.map(async (reasoning) => {
        const { thinking, output_config } = await bodyOf({ model, reasoning });
        return [thinking, output_config?.effort];
      }),
    );
  const byEffort = (off: unknown[], ...efforts: string[]) => [
    off,
    ...efforts.map((effort) => [adaptive, effort]),
  ];
  const five = ["low", "low", "medium", "high", "xhigh", "max"];
  const disabled = [{ type: "disabled" }, undefined];
  const least = [adaptive, "low"];

  it.each<[string, unknown]>([
    ["claude-haiku-5-5", byEffort(disabled, ...five)],
    ["claude-opus-4-8", byEffort(disabled, ...five)],
    // stdapi-ai/stdapi.ai#284, iyulab/ironhive 0.78.0
    ["claude-opus-5-5", byEffort(least, ...five)],
    ["claude-fable-5-2", byEffort(least, ...five)],
    ["claude-sonnet-5-5", byEffort([{ type: "between_tools" }, undefined], ...five)],
    // elgorro/aiquila#410: beside no effort above high
    ["claude-opus-5", byEffort(disabled, ...five)],
    // aaif-goose/goose#9281: xhigh came with 4.7
    ["claude-opus-4-6", byEffort(disabled, "low", "low", "medium", "high", "high", "max")],
  ])("is told to %s as it takes it", async (model, sent) => {
    expect(await sentFor(model)).toEqual(sent);
  });

  it("is a budget for models before adaptive thinking, and nothing where they must not think", async () => {
    const sent = await sentFor("claude-haiku-4-5");
    expect(sent.map(([thinking]) => thinking?.budget_tokens)).toEqual([
      undefined,
      ...[1024, 1024, 8192, 16_384, 24_576, 30_976],
    ]);
    expect(sent[0]).toEqual([undefined, undefined]);
  });
});

describe("a client", () => {
  const ask = async (request: object, model = "claude-haiku-5-5") => {
    const server = await serve(plays("claude", '{"a":1}'));
    await using claude = createClaude({
      apiKey: "dummy-key-members",
      baseUrl: server.url,
      secrets: false,
      cache: false,
      cliPath: "/nowhere",
      retry: 0,
    });
    const messages = [{ role: "user", content: "Hello" }];
    const asked = { messages, model, ...request } as Parameters<typeof claude.chat>[0];
    const error = await claude.chat(asked).then(
      () => undefined,
      (failure) => failure,
    );
    return { error, body: server.requests[0]?.body };
  };

  // can1357/oh-my-pi#12939: "type tool and any are not supported for this model"
  it.each(["claude-opus-5-5", "claude-sonnet-5-5", "claude-fable-5-1", "claude-mythos-5-2"])(
    "does not force %s to a call, which it refuses",
    async (model) => {
      const { error, body } = await ask({ tools, toolChoice: "required" }, model);
      expect(error).toMatchObject({
        code: "UNSUPPORTED_FEATURE",
        message: expect.stringContaining("cannot be forced to call a tool"),
      });
      expect(body).toBeUndefined();
      expect((await ask({ tools, toolChoice: "none" }, model)).body).toContain('"type":"none"');
    },
  );

  // langchain-ai/langchain#35539: "Thinking may not be enabled when tool_choice forces tool use."
  it("does not have a model think that is forced to a call, where it refuses both", async () => {
    const asked = { tools, toolChoice: { tool: "ask" } };
    const refused = await ask({ ...asked, reasoning: "high" }, "claude-sonnet-4-6");
    expect(refused.error).toMatchObject({ code: "UNSUPPORTED_FEATURE" });
    for (const [reasoning, model] of [
      ["none", "claude-sonnet-4-6"],
      // langchain-ai/langchain-aws#1141
      ["high", "claude-sonnet-5"],
    ]) {
      expect((await ask({ ...asked, reasoning }, model)).body).toContain('"name":"ask"');
    }
  });

  it("lays in what is Claude's alone", async () => {
    const vendor = { claude: { service_tier: "auto" }, gemini: { labels: {} } };
    const { body } = await ask({ vendor });
    expect(body).toContain('"service_tier":"auto"');
    expect(body).not.toContain("labels");
  });
});
