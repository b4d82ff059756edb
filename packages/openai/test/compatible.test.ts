import { DualModeError } from "@acc/dual-mode";
import { testProvider } from "@acc/dual-mode/testing";
import { afterEach, describe, expect, it, test, vi } from "vitest";
import type { Answer, LoopbackServer } from "../../../scripts/loopback-server.ts";
import { serve } from "../../../scripts/serve-answer.ts";
import { plays } from "../../../scripts/vendor-answers.ts";
import {
  type CompatibleServer,
  createCompatible,
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
import { azure, locals, presets } from "./every-preset.ts";

const model = "some-model";
const keyOf = (server: CompatibleServer, key = "dummy-key") => (server.key ? { apiKey: key } : {});

afterEach(() => vi.unstubAllEnvs());

/** A client of the preset at the server, which keeps nothing. */
function open(preset: CompatibleServer, { url }: LoopbackServer) {
  const alone = { secrets: false, cache: false, retry: 0 } as const;
  return createCompatible(preset, { ...alone, ...keyOf(preset), model, baseUrl: url });
}

describe.each(presets)("$id", (preset) => {
  const { baseUrl } = preset;
  testProvider(test, (options) => createCompatible(preset, options), {
    sdk: {},
    options: { model },
  });

  it("is at the address that its documentation has", () => {
    expect(new URL(baseUrl).protocol).toBe(locals.includes(preset) ? "http:" : "https:");
    expect(baseUrl).toMatch(/\/v1$/);
  });
});

const refusal = (status: number, body: object): Answer => {
  return (response) => {
    response.writeHead(status, { "content-type": "application/json" });
    response.end(JSON.stringify(body));
  };
};
const openaiError = (message: string, type = "invalid_request_error", code: unknown = null) => ({
  error: { message, type, param: null, code },
});

describe("what a server says means", () => {
  it.each([
    // netease-youdao/QAnything#555
    [
      ollama,
      404,
      openaiError('model "x" not found, try pulling it first', "api_error"),
      "MODEL_NOT_FOUND",
    ],
    // anomalyco/opencode#11141
    [
      lmStudio,
      400,
      { error: "Cannot truncate prompt with n_keep (15028) >= n_ctx (7424)" },
      "CONTEXT_TOO_LONG",
    ],
    // lmstudio-ai/lmstudio-bug-tracker#237
    [
      lmStudio,
      400,
      { error: "Trying to keep the first 15857 tokens when context the overflows." },
      "CONTEXT_TOO_LONG",
    ],
    [
      vllm,
      400,
      {
        object: "error",
        message:
          "This model's maximum context length is 4096 tokens. However, you requested 9000 tokens.",
        type: "BadRequestError",
        code: 400,
      },
      "CONTEXT_TOO_LONG",
    ],
    [
      vllm,
      404,
      {
        object: "error",
        message: "The model `x` does not exist.",
        type: "NotFoundError",
        param: null,
        code: 404,
      },
      "MODEL_NOT_FOUND",
    ],
    // ggml-org/llama.cpp#15780, #19774
    [
      llamaCpp,
      400,
      {
        error: {
          code: 400,
          message: "request (4390 tokens) exceeds the available context size (4096 tokens)",
          type: "exceed_context_size_error",
        },
      },
      "CONTEXT_TOO_LONG",
    ],
    [
      llamaCpp,
      503,
      { error: { code: 503, message: "Loading model", type: "unavailable_error" } },
      "OVERLOADED",
    ],
    [openRouter, 402, { error: { code: 402, message: "Insufficient credits" } }, "QUOTA_EXHAUSTED"],
    [
      openRouter,
      404,
      { error: { code: 404, message: "No endpoints found that support tool use." } },
      "UNSUPPORTED_FEATURE",
    ],
    [
      deepSeek,
      402,
      openaiError("Insufficient Balance", "unknown_error", "invalid_request_error"),
      "QUOTA_EXHAUSTED",
    ],
    // BerriAI/litellm#16265
    [
      xai,
      400,
      {
        code: "Client specified an invalid argument",
        error: "Model grok-4-latest does not support parameter reasoningEffort.",
      },
      "UNSUPPORTED_FEATURE",
    ],
    // yym68686/uni-api#105
    [
      xai,
      400,
      {
        code: "Client specified an invalid argument",
        error: "Argument not supported on this model: presencePenalty",
      },
      "UNSUPPORTED_FEATURE",
    ],
    [
      xai,
      400,
      {
        code: "Client specified an invalid argument",
        error: "Incorrect API key provided: du***ey.",
      },
      "AUTHENTICATION_FAILED",
    ],
    [
      mistral,
      400,
      {
        object: "error",
        message: "Invalid model: x",
        type: "invalid_model",
        param: null,
        code: "1500",
      },
      "MODEL_NOT_FOUND",
    ],
    [
      azure,
      404,
      {
        error: {
          code: "DeploymentNotFound",
          message: "The API deployment for this resource does not exist.",
        },
      },
      "MODEL_NOT_FOUND",
    ],
    [
      azure,
      400,
      openaiError(
        "The response was filtered due to the prompt triggering Azure OpenAI's content management policy.",
        "",
        "content_filter",
      ),
      "CONTENT_FILTERED",
    ],
    [
      together,
      404,
      openaiError("Unable to access model x.", "invalid_request_error", "model_not_available"),
      "MODEL_NOT_FOUND",
    ],
  ] as const)("of $id: %i %j", async (preset, status, body, code) => {
    const client = open(preset, await serve(refusal(status, body)));
    const error = await Promise.resolve(client.chat("Hello")).catch((thrown: unknown) => thrown);
    expect(DualModeError.is(error) && error.attempts[0]?.code).toBe(code);
    await client.close();
  });
});

describe("a request", () => {
  const call = { id: "call_of-another-vendor", name: "now", input: {} };
  const messages = [
    { role: "user", content: "What time is it?" },
    { role: "assistant", content: [{ type: "reasoning", text: "Hm." }], toolCalls: [call] },
    { role: "tool", toolCallId: call.id, content: "12:00" },
  ] as const;
  const tools = [{ name: "now", inputSchema: { type: "object" } }];

  async function sent(preset: CompatibleServer, more: object = {}) {
    const server = await serve(plays("groq", "Noon."));
    await using client = open(preset, server);
    expect((await client.chat({ messages, tools, ...more })).text).toBe("Noon.");
    const [request] = server.requests;
    return { headers: request?.headers, body: JSON.parse(request?.body ?? "{}") };
  }

  // nearai/ironclaw#1241, karthink/gptel#1203
  it("names calls to Mistral by nine letters and digits, and the result by the same", async () => {
    const { body } = await sent(mistral);
    const [, answer, result] = body.messages;
    expect(answer.tool_calls[0].id).toMatch(/^[a-z\d]{9}$/i);
    expect(result.tool_call_id).toBe(answer.tool_calls[0].id);
  });

  // posit-dev/chatlas#145, mistralai/platform-docs-public#7
  it("has no member that Mistral refuses", async () => {
    const { body } = await sent(mistral, { seed: 0 });
    expect(body).toMatchObject({ random_seed: 0 });
    expect(Object.keys(body)).not.toEqual(expect.arrayContaining(["seed"]));
    expect(Object.keys(body)).not.toEqual(expect.arrayContaining(["stream_options"]));
  });

  // deepseek-ai/DeepSeek-V3#1053, continuedev/continue#10193
  it("gives DeepSeek back what was thought before a call", async () => {
    const { body } = await sent(deepSeek);
    expect(body.messages[1]).toMatchObject({ reasoning_content: "Hm." });
  });

  it("carries Azure's key in its header, and the bound by its name", async () => {
    const { headers, body } = await sent(azure, { maxOutputTokens: 9 });
    expect(headers).toMatchObject({ "api-key": "dummy-key" });
    expect(headers).not.toHaveProperty("authorization");
    expect(body).toMatchObject({ max_completion_tokens: 9 });
    expect(body).not.toHaveProperty("max_tokens");
  });

  it.each(locals)("needs no key of $id", async (preset) => {
    for (const name of preset.key?.env ?? []) vi.stubEnv(name, undefined);
    const server = await serve(plays("groq", "ok"));
    const options = { secrets: false, cache: false, model, baseUrl: server.url } as const;
    await using client = createCompatible(preset, options);
    const reply = await client.chat("Hello");
    expect(reply).toMatchObject({ text: "ok", fallback: false, warnings: [] });
    expect(server.requests[0]?.headers).not.toHaveProperty("authorization");
  });
});

it("wants a model to be named where the server has none by default", () => {
  expect(() => createCompatible(vllm)).toThrow(
    expect.objectContaining({ code: "INVALID_REQUEST", fix: expect.stringMatching(/model/) }),
  );
});

it("takes a server of one's own", async () => {
  const server = await serve(plays("groq", "Mine."));
  await using client = createCompatible(
    { id: "mine", baseUrl: server.url },
    { model, cache: false },
  );
  expect(await client.chat("Hello")).toMatchObject({ text: "Mine.", provider: "mine" });
});

describe("a server of one's own", () => {
  it("gets its headers with a call and with a list of models, and the key in the header named", async () => {
    const server = await serve(plays("groq", "yes"));
    const { url } = server;
    const headers = { "x-team": "blue", "X-Key": "not-the-key" };
    const key = { name: "work_key", env: ["WORK_KEY"], required: true };
    for (const keyHeader of [undefined, "X-Key"]) {
      const own: CompatibleServer = {
        ...{ id: "own", baseUrl: url, headers, key },
        ...(keyHeader && { keyHeader }),
      };
      const client = createCompatible(own, { model, apiKey: "dummy-key", cache: false, retry: 0 });
      await client.chat("hi");
      await client.listModels();
      await client.close();
    }
    const sent = server.requests.map(({ headers: had }) => [
      had["x-team"],
      had["x-key"],
      had.authorization,
    ]);
    const bearer = ["blue", "not-the-key", "Bearer dummy-key"];
    const named = ["blue", "dummy-key", undefined];
    expect(sent).toEqual([bearer, bearer, named, named]);
  });

  it("has its key in the store by the name that it gives", async () => {
    const key = { name: "work_key", env: ["WORK_KEY"], required: true };
    const client = createCompatible(
      { id: "own", baseUrl: "http://127.0.0.1:9/v1", key },
      { model },
    );
    expect((await client.status())[0]?.credential).toEqual({ name: "work_key", env: ["WORK_KEY"] });
    await client.close();
  });
});
