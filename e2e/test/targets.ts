import { fileURLToPath } from "node:url";
import { createClaude } from "@acc/claude";
import type { Client, ClientOptions, Mode } from "@acc/dual-mode";
import { createGemini, type GeminiOptions } from "@acc/gemini";
import { createGroq } from "@acc/groq";
import { createOpenAI } from "@acc/openai";
import type { Vendor } from "../../scripts/vendor-answers.ts";

/** A real CLI or a real SDK, driven through its provider. */
export interface Target extends GeminiOptions {
  readonly name: string;
  readonly vendor: Vendor;
  readonly mode: Mode;
  /** The real CLI; of an SDK, the one beside it. */
  readonly command: string;
}

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
/** A file that the install in e2e/ brings. */
export const installed = (path: string) => at(`e2e/node_modules/${path}`);

const newestClaude = installed("@anthropic-ai/claude-code/bin/claude.exe");
const olderClaude = installed("claude-code-older/bin/claude.exe");
const geminiCli = installed("@google/gemini-cli/bundle/gemini.js");
const newestCodex = installed("@openai/codex/bin/codex.js");
const olderCodex = installed("codex-older/bin/codex.js");
const accGroq = at("packages/groq/dist/acc-groq.js");

export const clis: readonly Target[] = [
  { name: "claude 2.1.330", vendor: "claude", mode: "cli", command: newestClaude },
  { name: "claude 2.1.197", vendor: "claude", mode: "cli", command: olderClaude },
  { name: "gemini 0.61.0", vendor: "gemini", mode: "cli", command: geminiCli },
  { name: "acc-groq", vendor: "groq", mode: "cli", command: accGroq },
  { name: "codex 0.171.0", vendor: "openai", mode: "cli", command: newestCodex },
  { name: "codex 0.152.0", vendor: "openai", mode: "cli", command: olderCodex },
];

/** One CLI of each provider. */
export const newestClis = clis.filter(({ name }) => !/2\.1\.197|0\.152\.0/.test(name));

const genai = { vendor: "gemini", mode: "sdk", command: geminiCli } as const;

const sdks: readonly Target[] = [
  { name: "@anthropic-ai/sdk", vendor: "claude", mode: "sdk", command: newestClaude },
  { name: "@google/generative-ai", ...genai, sdk: "generative-ai" },
  { name: "@google/genai", ...genai },
  { name: "groq-sdk", vendor: "groq", mode: "sdk", command: accGroq },
  { name: "openai", vendor: "openai", mode: "sdk", command: newestCodex },
];

export const targets: readonly Target[] = [...clis, ...sdks];

/** Each CLI with an SDK beside it, each SDK in one pair at least. */
export const pairs: readonly Target[] = [
  ...clis,
  { name: "gemini 0.61.0, @google/genai", ...genai },
];

const create: Readonly<Record<Vendor, (options: ClientOptions & GeminiOptions) => Client>> = {
  claude: createClaude,
  gemini: createGemini,
  groq: createGroq,
  // A server at another address than OpenAI's is taken for one that has chat completions alone.
  openai: (options) => createOpenAI({ ...options, api: "responses" }),
};

/** A client that has this target alone. */
export function createClient(
  { vendor, mode, command, sdk }: Target,
  options: ClientOptions,
): Client {
  return create[vendor]({
    cliPath: command,
    secrets: false,
    cache: false,
    retry: 0,
    only: mode,
    billing: "key",
    ...(sdk !== undefined && { sdk }),
    ...options,
  });
}
