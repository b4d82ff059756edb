import { DualModeError } from "@acc/dual-mode";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Answer } from "../../../scripts/loopback-server.ts";
import { serve } from "../../../test/played/serve-answer.ts";
import {
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
import { azure } from "./every-preset.ts";

afterEach(() => vi.unstubAllEnvs());

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
    // ollama/ollama#15990
    [
      ollama,
      403,
      openaiError("this model requires a subscription, upgrade for access", "api_error"),
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
    // lmstudio-ai/lmstudio-bug-tracker#1347
    [
      lmStudio,
      400,
      { error: "The model has crashed without additional information." },
      "SERVER_ERROR",
    ],
    // charmbracelet/crush#2546, continuedev/continue#10150
    [
      lmStudio,
      400,
      openaiError('Failed to load model "x". Error: Operation canceled.'),
      "SERVER_ERROR",
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
