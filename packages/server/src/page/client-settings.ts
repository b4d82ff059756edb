import { clientVariables } from "./client-variables.ts";

/** Settings to copy into a client. `{origin}` and `{model}` are filled in where they are shown. */
export interface ClientSettings {
  readonly name: string;
  readonly note: string;
  readonly text: string;
}

const origin = "{origin}";
const base = `${origin}/v1`;
const key = "YOUR_KEY";
const lines = (...all: readonly string[]): string => all.join("\n");
const openaiCompatible = "Wherever a client asks for an OpenAI-compatible server.";

const variables = Object.entries(clientVariables(origin, key)).map(
  ([name, value]) => `export ${name}='${value}'`,
);

/** Settings of common clients. */
export const clientSettings: readonly ClientSettings[] = [
  {
    name: "Any program, by its environment",
    note: 'For the owner, in one go: eval "$(acc serve env)"; for one command: acc run -- COMMAND',
    text: lines(...variables),
  },
  {
    name: "curl",
    note: "",
    text: lines(
      `curl ${base}/chat/completions \\`,
      `  -H "Authorization: Bearer ${key}" -H "Content-Type: application/json" \\`,
      `  -d '{"model": "{model}", "messages": [{"role": "user", "content": "Hello"}]}'`,
    ),
  },
  {
    name: "Claude Code",
    note: "ANTHROPIC_API_KEY must not be set beside it.",
    text: `ANTHROPIC_BASE_URL='${origin}' ANTHROPIC_AUTH_TOKEN='${key}' claude`,
  },
  {
    name: "Codex",
    note: "In ~/.codex/config.toml; the key is in the variable ACC_KEY.",
    text: lines(
      'model = "{model}"',
      'model_provider = "acc"',
      "",
      "[model_providers.acc]",
      'name = "acc"',
      `base_url = "${base}"`,
      'env_key = "ACC_KEY"',
      'wire_api = "responses"',
    ),
  },
  {
    name: "openai (JavaScript)",
    note: "",
    text: lines(
      'import OpenAI from "openai";',
      "",
      `const client = new OpenAI({ baseURL: "${base}", apiKey: "${key}" });`,
    ),
  },
  {
    name: "openai (Python)",
    note: "",
    text: lines(
      "from openai import OpenAI",
      "",
      `client = OpenAI(base_url="${base}", api_key="${key}")`,
    ),
  },
  {
    name: "AI SDK",
    note: "By the package @ai-sdk/openai-compatible.",
    text: lines(
      'import { createOpenAICompatible } from "@ai-sdk/openai-compatible";',
      "",
      `const acc = createOpenAICompatible({ name: "acc", baseURL: "${base}", apiKey: "${key}" });`,
      'const model = acc("{model}");',
    ),
  },
  {
    name: "LangChain.js",
    note: "By the package @langchain/openai.",
    text: lines(
      'import { ChatOpenAI } from "@langchain/openai";',
      "",
      "const model = new ChatOpenAI({",
      '  model: "{model}",',
      `  apiKey: "${key}",`,
      `  configuration: { baseURL: "${base}" },`,
      "});",
    ),
  },
  {
    name: "aider",
    note: "It wants openai/ before the model.",
    text: `aider --openai-api-base ${base} --openai-api-key ${key} --model openai/{model}`,
  },
  {
    name: "Continue",
    note: "In ~/.continue/config.yaml.",
    text: lines(
      "models:",
      "  - name: acc",
      "    provider: openai",
      "    model: {model}",
      `    apiBase: ${base}`,
      `    apiKey: ${key}`,
    ),
  },
  {
    name: "Open WebUI, Cline and others",
    note: openaiCompatible,
    text: lines(`Base URL: ${base}`, `API key: ${key}`, "Model: {model}"),
  },
];
