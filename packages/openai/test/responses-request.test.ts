import { afterEach, describe, expect, it, vi } from "vitest";
import { outcomeOf, runContext, textOf } from "../../../test/played/run-context.ts";
import { serve } from "../../../test/played/serve-answer.ts";
import { sdk } from "../src/sdk/mode.ts";
import { asked, begun, completed, request, text, whole } from "./responses-scene.ts";

afterEach(() => vi.unstubAllEnvs());

describe("a request", () => {
  it("is stored nowhere, and says all that was asked", async () => {
    const image = { type: "image", mediaType: "image/png", data: "AAAA" } as const;
    const pdf = {
      type: "file",
      mediaType: "application/pdf",
      data: "BBBB",
      name: "a.pdf",
    } as const;
    const { body } = await asked([begun, completed()], {
      system: "Be short.",
      maxOutputTokens: 9,
      parallelTools: false,
      toolChoice: { tool: "now" },
      tools: [{ name: "now", inputSchema: {}, strict: true }],
      messages: [{ role: "user", content: [image, pdf] }],
      vendor: { service_tier: "flex" },
    });
    expect(body).toMatchObject({
      store: false,
      stream: true,
      instructions: "Be short.",
      max_output_tokens: 9,
      parallel_tool_calls: false,
      tool_choice: { type: "function", name: "now" },
      tools: [{ type: "function", name: "now", strict: true }],
      service_tier: "flex",
      input: [
        {
          content: [
            { type: "input_image", image_url: "data:image/png;base64,AAAA" },
            {
              type: "input_file",
              filename: "a.pdf",
              file_data: "data:application/pdf;base64,BBBB",
            },
          ],
        },
      ],
    });
  });

  it.each([
    [{ type: "object", properties: { a: {} }, required: ["a"], additionalProperties: false }, true],
    [{ type: "object", properties: { a: {} }, additionalProperties: false }, false],
    [{ type: "object", properties: { a: {} }, required: ["a"] }, false],
    [{ type: "array", items: {} }, false],
  ])("has the schema %j strict: %s", async (schema, strict) => {
    const { body } = await asked([begun, completed()], { schema });
    expect(body.text).toMatchObject({ format: { type: "json_schema", schema, strict } });
  });

  it("with members that would undo it is refused before it is sent", async () => {
    const { error, body } = await asked([], { vendor: { store: true } });
    expect(error).toMatchObject({
      code: "INVALID_REQUEST",
      message: expect.stringMatching(/vendor\.openai\.store/),
    });
    expect(body).toEqual({});
  });

  it("is not moved by the environment of the SDK", async () => {
    vi.stubEnv("OPENAI_CUSTOM_HEADERS", "authorization: Bearer foreign\nx-foreign: 1");
    vi.stubEnv("OPENAI_ORG_ID", "org-foreign");
    vi.stubEnv("OPENAI_PROJECT_ID", "proj-foreign");
    vi.stubEnv("OPENAI_ADMIN_KEY", "sk-foreign");
    vi.stubEnv("OPENAI_API_KEY", "sk-foreign");
    vi.stubEnv("OPENAI_LOG", "debug");
    vi.stubEnv("HTTPS_PROXY", "http://127.0.0.1:9/foreign");
    vi.stubEnv("OPENAI_BASE_URL", "http://127.0.0.1:9/foreign");
    const server = await serve(whole);
    const context = { ...runContext(server.url), options: { api: "responses" } as const };
    const { parts } = await outcomeOf(sdk.run(request, context));
    expect(textOf(parts)).toBe("Good day.");
    expect(JSON.stringify(server.requests)).not.toContain("foreign");
  });
});

describe("where it goes", () => {
  it.each([
    [{}, undefined, "/chat/completions"],
    [{ api: "responses" }, undefined, "/responses"],
    [{ api: "responses" }, { seed: 1 }, undefined],
    [{ api: "chat" }, undefined, "/chat/completions"],
  ] as const)("with %j and %j is %s", async (options, members, path) => {
    const server = await serve(whole);
    const context = { ...runContext(server.url), options };
    const { error } = await outcomeOf(sdk.run({ ...request, ...members }, context));
    expect(server.requests[0]?.path).toBe(path);
    if (path === undefined) expect(error).toMatchObject({ code: "UNSUPPORTED_FEATURE" });
  });
});

describe("JSON without a schema", () => {
  it("is asked for with the word that OpenAI wants to find in the input", async () => {
    const { body } = await asked([begun, completed()], { json: true });
    expect(body.text).toEqual({ format: { type: "json_object" } });
    expect(JSON.stringify(body.input)).toContain("Answer in JSON.");
    const said = [{ role: "user" as const, content: text("As JSON, please.") }];
    const own = await asked([begun, completed()], { json: true, messages: said });
    expect(JSON.stringify(own.body.input)).not.toContain("Answer in JSON.");
  });
});

describe("a strict tool", () => {
  const inputSchema = { type: "object", properties: { city: { type: "string" } } };

  it("is closed, as OpenAI wants it", async () => {
    const tools = [
      { name: "now", inputSchema: { ...inputSchema, required: ["city"] }, strict: true },
    ];
    const { body } = await asked([begun, completed()], { tools });
    expect(body.tools).toMatchObject([
      { strict: true, parameters: { additionalProperties: false } },
    ]);
  });

  it("with a member that may be absent is refused before it is sent", async () => {
    const tools = [{ name: "now", inputSchema, strict: true }];
    const { error } = await asked([begun, completed()], { tools });
    expect(error).toMatchObject({ code: "UNSUPPORTED_FEATURE" });
  });
});
