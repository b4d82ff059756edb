import type { CanonicalRequest } from "@acc/dual-mode/provider";
import { describe, expect, it } from "vitest";
import { plays } from "../../../scripts/vendor-answers.ts";
import { outcomeOf, runContext } from "../../../test/played/run-context.ts";
import { serve } from "../../../test/played/serve-answer.ts";
import { createGroq } from "../src/create-groq.ts";
import { sdk } from "../src/sdk/mode.ts";

const question: CanonicalRequest = {
  model: "openai/gpt-oss-20b",
  messages: [{ role: "user", content: [{ type: "text", text: "Hello" }] }],
};

const tools = [
  { name: "look", inputSchema: { properties: { at: { type: "string" } } } },
  { name: "ask", inputSchema: {} },
];

async function outcome(members: Partial<CanonicalRequest>) {
  const server = await serve(plays("groq", '{"a":1}'));
  const { error } = await outcomeOf(sdk.run({ ...question, ...members }, runContext(server.url)));
  return { error, body: JSON.parse(server.requests[0]?.body ?? "{}") };
}

describe("the body of chat completions", () => {
  it("has the choice of tools, JSON, the schema's name and the vendor's own members", async () => {
    const { body } = await outcome({
      tools,
      toolChoice: { tool: "ask" },
      parallelTools: false,
      vendor: { service_tier: "flex", search_settings: { country: "austria" } },
    });
    expect(body).toMatchObject({
      tool_choice: { type: "function", function: { name: "ask" } },
      parallel_tool_calls: false,
      service_tier: "flex",
      search_settings: { country: "austria" },
    });
    const asked = await outcome({ json: true });
    expect(asked.body.response_format).toEqual({ type: "json_object" });
    expect(asked.body.messages[0]).toEqual({ role: "system", content: "Answer in JSON." });
    const named = await outcome({ schema: { type: "object" }, schemaName: "city" });
    expect(named.body.response_format.json_schema).toMatchObject({ name: "city" });
  });

  it("has a strict tool whose input must be whole, and no other", async () => {
    const properties = { at: { type: "string" } };
    const strict = (inputSchema: object) => [{ name: "look", strict: true, inputSchema }] as never;
    const { body } = await outcome({ tools: strict({ properties, required: ["at"] }) });
    expect(body.tools[0].function).toMatchObject({
      strict: true,
      parameters: { additionalProperties: false, required: ["at"] },
    });
    expect(await outcome({ tools: strict({ properties }) })).toMatchObject({
      error: { code: "UNSUPPORTED_FEATURE", message: expect.stringContaining('without "at"') },
      body: {},
    });
  });

  it.each(["model", "messages", "stream", "n", "tools"])(
    "lets nobody lay another %s into it",
    async (name) => {
      const { error } = await outcome({ tools, vendor: { [name]: 2 } });
      expect(error).toMatchObject({
        code: "INVALID_REQUEST",
        message: expect.stringContaining(`request.vendor.groq.${name}:`),
      });
    },
  );

  const levels = ["none", "minimal", "low", "medium", "high", "xhigh", "max"] as const;
  const on = "default";
  const off = undefined;

  // earendil-works/pi#1745: "reasoning_effort must be one of none or default"
  it.each<[string, readonly unknown[]]>([
    ["openai/gpt-oss-120b", ["low", "low", "low", "medium", "high", "high", "high"]],
    ["qwen/qwen3-32b", ["none", on, on, on, on, on, on]],
    ["qwen/qwen3.8-27b", ["none", "low", "low", "medium", "high", "high", "high"]],
    ["llama-3.3-70b-versatile", [off, off, off, off, off, off, off]],
  ])("tells %s how hard to think", async (model, efforts) => {
    const sent = levels.map(async (reasoning) => (await outcome({ model, reasoning })).body);
    const bodies = await Promise.all(sent);
    expect(bodies.map((body) => body.reasoning_effort)).toEqual(efforts);
  });
});

describe.each(["sdk", "cli"] as const)("a client in %s mode", (only) => {
  const ask = async (model: string, request: object) => {
    const server = await serve(plays("groq", '{"a":1}'));
    await using groq = createGroq({
      apiKey: "dummy-key-members",
      baseUrl: server.url,
      secrets: false,
      cache: false,
      only,
      retry: 0,
    });
    const messages = [{ role: "user", content: "Hello" }];
    const asked = { messages, model, ...request } as Parameters<typeof groq.chat>[0];
    const said = await groq.chat(asked).then(
      () => "answered",
      (error) => `${error.code}: ${error.message}`,
    );
    return { said, body: server.requests[0]?.body ?? "" };
  };
  const schema = { jsonSchema: { type: "object" }, validate: (value: unknown) => value };
  const image = { type: "image", mediaType: "image/png", data: "aGk=" };

  it.each([
    ["openai/gpt-oss-20b", { presencePenalty: 1 }, "none of its models supports it"],
    ["openai/gpt-oss-20b", { topK: 1 }, "has no such parameter"],
    // vercel/ai#16540, agno-agi/agno#1065
    ["openai/gpt-oss-20b", { tools, schema }, "no tools if the answer must be JSON"],
    ["llama-3.3-70b-versatile", { schema }, "does not support a schema"],
    ["llama-3.3-70b-versatile", { reasoning: "low" }, "does not think"],
    ["llama-3.3-70b-versatile", { tools: [{ ...tools[1], strict: true }] }, "only for GPT-OSS"],
    ["compound-beta", { tools }, "takes no tools from the caller"],
    ["openai/gpt-oss-20b", { messages: [{ role: "user", content: [image] }] }, "sees no images"],
  ])("does not ask %s for %j", async (model, request, reason) => {
    const { said, body } = await ask(model, request);
    expect(said).toContain("UNSUPPORTED_FEATURE");
    expect(said).toContain(reason);
    expect(body).toBe("");
  });

  it("sends what the model has", async () => {
    const required = await ask("openai/gpt-oss-20b", { tools, toolChoice: "required" });
    expect(required.body).toContain('"tool_choice":"required"');
    const one = await ask("openai/gpt-oss-20b", { tools, parallelTools: false });
    expect(one.body).toContain('"parallel_tool_calls":false');
    const json = await ask("llama-3.3-70b-versatile", { json: true, reasoning: "none" });
    expect(json.body).toContain('"response_format":{"type":"json_object"}');
    const vendor = { groq: { service_tier: "flex" } };
    const { said, body } = await ask("openai/gpt-oss-20b", { vendor });
    if (only === "sdk") expect(body).toContain('"service_tier":"flex"');
    else expect(said).toContain("only for the SDK mode");
  });
});
