import { usualFeatures } from "./create-compatible.ts";
import type { CompatibleServer } from "./server.ts";

/** https://docs.ollama.com/api/openai-compatibility, 2026-11-29. A key is for its cloud. */
export const ollama: CompatibleServer = {
  id: "ollama",
  baseUrl: "http://127.0.0.1:11434/v1",
  key: { env: ["OLLAMA_API_KEY"], required: false },
  supports: [...usualFeatures, "imageUrls", "reasoning"],
  // netease-youdao/QAnything#555
  failures: [{ code: "MODEL_NOT_FOUND", words: "model … not found", fix: "Pull it: ollama pull" }],
};

/** https://lmstudio.ai/docs/developer/openai-compat/chat-completions, 2026-11-29. */
export const lmStudio: CompatibleServer = {
  id: "lm-studio",
  baseUrl: "http://127.0.0.1:1234/v1",
  key: { env: ["LM_API_TOKEN"], required: false },
  supports: usualFeatures,
  failures: [
    { code: "MODEL_NOT_FOUND", words: "no models loaded", fix: "Load a model: lms load" },
    // anomalyco/opencode#11141, lmstudio-ai/lmstudio-bug-tracker#237
    { code: "CONTEXT_TOO_LONG", words: "n_keep … n_ctx" },
    { code: "CONTEXT_TOO_LONG", words: "context the overflows" },
  ],
};

/** https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html, 2026-11-29. */
export const vllm: CompatibleServer = {
  id: "vllm",
  baseUrl: "http://127.0.0.1:8000/v1",
  key: { env: ["VLLM_API_KEY"], required: false },
  supports: [...usualFeatures, "imageUrls", "reasoning"],
  failures: [{ code: "CONTEXT_TOO_LONG", words: "maximum context length is … tokens" }],
};

/** https://github.com/ggml-org/llama.cpp/tree/master/tools/server, 2026-11-29. */
export const llamaCpp: CompatibleServer = {
  id: "llama-cpp",
  baseUrl: "http://127.0.0.1:8080/v1",
  key: { env: ["LLAMA_API_KEY"], required: false },
  // It answers with the one model that it was started with, by whatever name.
  defaultModel: "default",
  supports: [...usualFeatures, "imageUrls"],
  failures: [
    // ggml-org/llama.cpp#15780
    { code: "CONTEXT_TOO_LONG", type: "exceed_context_size_error" },
    { code: "OVERLOADED", type: "unavailable_error" },
  ],
};
