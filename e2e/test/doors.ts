import { fileURLToPath } from "node:url";
import { createClaude } from "@acc/claude";
import type { Client, ClientOptions } from "@acc/dual-mode";
import { createGemini } from "@acc/gemini";
import { createGroq } from "@acc/groq";
import type { Vendor } from "../../scripts/vendor-answers.ts";

/** A real CLI that is driven through its provider. */
export interface Door {
  readonly name: string;
  readonly vendor: Vendor;
  readonly command: string;
}

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const installed = (path: string) => at(`e2e/node_modules/${path}`);

export const doors: readonly Door[] = [
  {
    name: "claude 2.1.330",
    vendor: "claude",
    command: installed("@anthropic-ai/claude-code/bin/claude.exe"),
  },
  {
    name: "claude 2.1.197",
    vendor: "claude",
    command: installed("claude-code-older/bin/claude.exe"),
  },
  {
    name: "gemini 0.61.0",
    vendor: "gemini",
    command: installed("@google/gemini-cli/bundle/gemini.js"),
  },
  { name: "acc-groq", vendor: "groq", command: at("packages/groq/dist/acc-groq.js") },
];

const create = { claude: createClaude, gemini: createGemini, groq: createGroq };

/** A client that has this CLI and a dummy key, and nothing of this machine. */
export function open(door: Door, baseUrl: string, options: ClientOptions = {}): Client {
  return create[door.vendor]({
    apiKey: `dummy-${door.vendor}-key-0123456789`,
    baseUrl,
    cliPath: door.command,
    secrets: false,
    cache: false,
    retry: 0,
    only: "cli",
    billing: "key",
    ...options,
  });
}
