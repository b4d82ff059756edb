import { areJudged, error, page } from "./told-refusals.ts";

areJudged([
  [
    "xorbitsai/inference#3785",
    400,
    error("The decoder prompt (length 17772) is longer than the maximum model length of 16384."),
    "CONTEXT_TOO_LONG",
  ],
  [
    "danny-avila/LibreChat#6926, openai/openai-go#565",
    400,
    error("Your organization must be verified to stream this model."),
    "MODEL_NOT_FOUND",
  ],
  [
    "continuedev/continue#9067",
    400,
    error("Your organization must be verified to generate reasoning summaries."),
    "AUTHENTICATION_FAILED",
  ],
  [
    "yym68686/uni-api#41",
    400,
    [
      {
        error: {
          code: 400,
          message: "Project `p` is not allowed to use Publisher Model `x`",
          status: "FAILED_PRECONDITION",
        },
      },
    ],
    "MODEL_NOT_FOUND",
  ],
  [
    "caozhiyuan/copilot-api#317",
    403,
    [
      {
        error: {
          code: 403,
          message: "Access to this model requires data sharing to be enabled.",
          status: "PERMISSION_DENIED",
        },
      },
    ],
    "MODEL_NOT_FOUND",
  ],
  [
    "docs.aws.amazon.com: IAM and Bedrock",
    403,
    { message: "User: arn is not authorized to perform: bedrock:InvokeModel on resource: x" },
    "MODEL_NOT_FOUND",
  ],
  [
    "BerriAI/litellm#8279",
    400,
    error(
      "litellm.BadRequestError: You passed in model=x. There is no 'model_name' with this string",
    ),
    "MODEL_NOT_FOUND",
  ],
  [
    "ollama/ollama: a model that was not pulled",
    404,
    { error: "model 'llama9' not found, try pulling it first" },
    "MODEL_NOT_FOUND",
  ],
  [
    "vllm: openai server",
    404,
    { object: "error", message: "The model `x` does not exist.", type: "NotFoundError", code: 404 },
    "MODEL_NOT_FOUND",
  ],
  [
    "assafelovic/gpt-researcher#980",
    404,
    error("The API deployment for this resource does not exist.", undefined, "DeploymentNotFound"),
    "MODEL_NOT_FOUND",
  ],
  ["openrouter.ai: an unknown model", 400, error("a/b is not a valid model ID"), "MODEL_NOT_FOUND"],
  [
    "truefoundry/models#826",
    404,
    { status: "failure", message: "No endpoints available matching your data policy." },
    "MODEL_NOT_FOUND",
  ],
  [
    "vllm: a prompt too long",
    400,
    {
      object: "error",
      message: "This model's maximum context length is 4096 tokens. However, you requested 5000",
      type: "BadRequestError",
      code: 400,
    },
    "CONTEXT_TOO_LONG",
  ],
  [
    "ggml-org/llama.cpp: server",
    400,
    error("the request exceeds the available context size", "exceed_context_size_error", 400),
    "CONTEXT_TOO_LONG",
  ],
  [
    "platform.openai.com: a message too long",
    400,
    error("Invalid: string too long.", "invalid_request_error", "string_above_max_length"),
    "CONTEXT_TOO_LONG",
  ],
  ["nginx: client_max_body_size", 413, page("413 Request Entity Too Large"), "CONTEXT_TOO_LONG"],
  [
    "learn.microsoft.com: content filtering",
    400,
    error("The response was filtered due to the prompt triggering", undefined, "content_filter"),
    "CONTENT_FILTERED",
  ],
  [
    "openrouter.ai/docs: moderation",
    403,
    error("x requires moderation on y. Your input was flagged for z.", undefined, 403),
    "CONTENT_FILTERED",
  ],
  ["api-docs.deepseek.com", 400, error("Content Exists Risk"), "CONTENT_FILTERED"],
  ["fastapi: a member is missing", 422, { detail: [{ msg: "Field required" }] }, "INVALID_REQUEST"],
  [
    "a tool that the model made up",
    400,
    error("The model called a tool that was not found in request.tools", "invalid_request_error"),
    "INVALID_REQUEST",
  ],
]);
