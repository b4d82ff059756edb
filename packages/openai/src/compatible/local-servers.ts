import type { CompatibleServer } from "./server.ts";
import { noNamedChoice, toolChoices, usualFeatures, usualWithout } from "./usual-features.ts";

const upgrade = "Name a model of the free plan, or upgrade: https://ollama.com/upgrade";

/** https://docs.ollama.com/api/openai-compatibility, 2026-11-29. A key is for its cloud. */
export const ollama: CompatibleServer = {
  id: "ollama",
  baseUrl: "http://127.0.0.1:11434/v1",
  key: { env: ["OLLAMA_API_KEY"], required: false },
  supports: [...usualFeatures, "reasoning"],
  lacks: [
    {
      // ollama/ollama#17921, ollama/ollama#11171
      features: ["toolChoice", "parallelTools", "strictTools"],
      reason: "Ollama accepts the member but ignores it.",
    },
    {
      // ollama/ollama#6753
      features: ["imageUrls"],
      reason: "Ollama fetches no images: give the bytes.",
    },
    { features: ["topK"], reason: "Ollama has it only in its own API." },
    { features: ["files", "fileUrls"], reason: "Ollama takes no files." },
  ],
  // netease-youdao/QAnything#555
  failures: [
    { code: "MODEL_NOT_FOUND", words: "model … not found", fix: "Pull it: ollama pull" },
    // ollama/ollama#15990, ollama/ollama#16773: its cloud has models that a free key may not use
    { code: "MODEL_NOT_FOUND", words: "model requires a subscription", fix: upgrade },
  ],
};

/** https://lmstudio.ai/docs/developer/openai-compat/chat-completions, 2026-11-29. */
export const lmStudio: CompatibleServer = {
  id: "lm-studio",
  baseUrl: "http://127.0.0.1:1234/v1",
  key: { env: ["LM_API_TOKEN"], required: false },
  supports: [...usualWithout("json"), "toolChoice", "topK"],
  lacks: [
    // lmstudio-ai/lmstudio-bug-tracker#670
    noNamedChoice('LM Studio cannot be told which tool: ask for "required", with that tool alone.'),
    {
      // lmstudio-ai/lmstudio-bug-tracker#189
      features: ["json"],
      reason: "LM Studio returns JSON only with a schema: give one.",
    },
    {
      features: ["parallelTools", "strictTools", "reasoning", "imageUrls", "files", "fileUrls"],
      reason: "LM Studio's documentation has no such member.",
    },
  ],
  failures: [
    { code: "MODEL_NOT_FOUND", words: "no models loaded", fix: "Load a model: lms load" },
    // anomalyco/opencode#11141, lmstudio-ai/lmstudio-bug-tracker#237
    { code: "CONTEXT_TOO_LONG", words: "n_keep … n_ctx" },
    { code: "CONTEXT_TOO_LONG", words: "context the overflows" },
    // lmstudio-ai/lmstudio-bug-tracker#1347, charmbracelet/crush#2546: reported with status 400
    { code: "SERVER_ERROR", words: "model has crashed" },
    { code: "SERVER_ERROR", words: "model is unloaded" },
    { code: "SERVER_ERROR", words: "model unloaded" },
    { code: "SERVER_ERROR", words: "failed to load model", fix: "Load it: lms load" },
  ],
};

/**
 * https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html and …/features/tool_calling.html,
 * 2026-11-29. Tools want it started with `--enable-auto-tool-choice`.
 */
export const vllm: CompatibleServer = {
  id: "vllm",
  baseUrl: "http://127.0.0.1:8000/v1",
  key: { env: ["VLLM_API_KEY"], required: false },
  supports: [...usualFeatures, ...toolChoices, "topK", "imageUrls", "reasoning"],
  lacks: [
    { features: ["strictTools"], reason: "vLLM accepts the member but ignores it." },
    { features: ["files", "fileUrls"], reason: "vLLM takes no files." },
  ],
  failures: [{ code: "CONTEXT_TOO_LONG", words: "maximum context length is … tokens" }],
};

/** https://github.com/ggml-org/llama.cpp/tree/master/tools/server, 2026-11-29. */
export const llamaCpp: CompatibleServer = {
  id: "llama-cpp",
  baseUrl: "http://127.0.0.1:8080/v1",
  key: { env: ["LLAMA_API_KEY"], required: false },
  // The server answers with the model that it was started with, whatever name is requested.
  defaultModel: "default",
  supports: [...usualFeatures, ...toolChoices, "topK", "imageUrls"],
  lacks: [
    // ggml-org/llama.cpp#26535: it lets the model choose, without an error
    noNamedChoice('llama.cpp cannot be told which tool: ask for "required", with that tool alone.'),
    {
      features: ["reasoning"],
      reason: "Each chat template has its own setting: give chat_template_kwargs in vendor.",
    },
    { features: ["strictTools"], reason: "llama.cpp accepts the member but ignores it." },
    { features: ["files", "fileUrls"], reason: "llama.cpp takes no files." },
  ],
  failures: [
    // ggml-org/llama.cpp#15780
    { code: "CONTEXT_TOO_LONG", type: "exceed_context_size_error" },
    { code: "OVERLOADED", type: "unavailable_error" },
  ],
};
