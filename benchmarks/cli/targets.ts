import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { createClaude } from "@acc/claude";
import type { Client, ClientOptions } from "@acc/dual-mode";
import { createGemini } from "@acc/gemini";
import { createGroq } from "@acc/groq";
import { createOpenAI } from "@acc/openai";
import { key } from "../harness/dummy-key.ts";

/** A real CLI, and a client of ours that runs it with a key. */
export interface Target {
  readonly name: string;
  readonly command: string;
  readonly rounds: number;
  /** What is in the output of a run that answered. */
  readonly answered: RegExp;
  /** What a call by a process that has waited may take, in times of the bare CLI; absent where there is no goal. */
  readonly warm?: number;
  /** It starts in a tenth of a second, which our runner's share is no twentieth of: no goal. */
  readonly isShort?: true;
  open(baseUrl: string, command: string, standby?: number): Client;
  /** The same by the SDK. */
  openSdk(baseUrl: string): Client;
}

const root = fileURLToPath(new URL("../..", import.meta.url));
const installed = (path: string) => `${root}e2e/node_modules/${path}`;

export const targets: readonly Target[] = [
  {
    name: "claude",
    command: installed("@anthropic-ai/claude-code/bin/claude.exe"),
    rounds: 21,
    answered: /"type":"result"/,
    warm: 0.3,
    open: (baseUrl, command, standby = 0) =>
      createClaude({ ...options(baseUrl, command), standby }),
    openSdk: (baseUrl) => createClaude({ ...options(baseUrl), only: "sdk" }),
  },
  {
    name: "gemini",
    command: installed("@google/gemini-cli/bundle/gemini.js"),
    rounds: 15,
    answered: /"type":"result"/,
    warm: 0.12,
    open: (baseUrl, command, standby = 0) =>
      createGemini({ ...options(baseUrl, command), standby }),
    openSdk: (baseUrl) => createGemini({ ...options(baseUrl), only: "sdk" }),
  },
  {
    name: "openai",
    command: installed("@openai/codex/bin/codex.js"),
    rounds: 31,
    answered: /"turn\/completed".*"status":"completed"/,
    open: (baseUrl, command, standby = 0) =>
      createOpenAI({ ...options(baseUrl, command), standby }),
    openSdk: (baseUrl) => createOpenAI({ ...options(baseUrl), only: "sdk" }),
  },
  {
    name: "groq",
    command: `${root}packages/groq/dist/acc-groq.js`,
    rounds: 31,
    answered: /"type":"finish"/,
    isShort: true,
    open: (baseUrl, command, standby = 0) => createGroq({ ...options(baseUrl, command), standby }),
    openSdk: (baseUrl) => createGroq({ ...options(baseUrl), only: "sdk" }),
  },
];

/** Installs the CLIs where they are missing: they have a workspace of their own. */
export function installTargets(): void {
  const pnpm = ["-y", "pnpm@12.21.0", "--silent", "--dir", "e2e"];
  execFileSync("npx", [...pnpm, "install", "--frozen-lockfile"], { cwd: root, stdio: "ignore" });
}

function options(baseUrl: string, cliPath?: string): ClientOptions {
  return {
    apiKey: key,
    baseUrl,
    ...(cliPath !== undefined && { cliPath }),
    secrets: false,
    cache: false,
    retry: 0,
    only: "cli",
    billing: "key",
  };
}
