import { existsSync } from "node:fs";
import { join } from "node:path";
import { defaultAnswer } from "../mock-server.ts";
import { root } from "../steps/root.ts";

/** One run of an example: what it is given, and what it must print. */
export interface ExampleRun {
  readonly file: string;
  readonly given: string;
  readonly env: Readonly<Record<string, string>>;
  readonly prints: readonly string[];
  readonly exitCode: number;
}

export const claudeKey = { ANTHROPIC_API_KEY: "sk-ant-dummy-for-the-mock-server" };
export const geminiKey = { GEMINI_API_KEY: "dummy-for-the-mock-server" };

/** Installed by `pnpm e2e`; until then the example's run through the CLI has nothing to run. */
const realClaude = join(root, "e2e/node_modules/@anthropic-ai/claude-code/bin/claude.exe");

export const runs: readonly ExampleRun[] = [
  {
    file: "first-call.ts",
    given: "a key",
    env: claudeKey,
    prints: [defaultAnswer, "through the sdk, cached: false", "asked again, cached: true"],
    exitCode: 0,
  },
  {
    file: "prefer-the-cli.ts",
    given: "a key and no CLI",
    env: claudeKey,
    prints: [defaultAnswer, "through the sdk, fallback: true", "- cli", "- sdk"],
    exitCode: 0,
  },
  {
    file: "prefer-the-cli.ts",
    given: "neither key nor CLI",
    env: {},
    prints: ["MISSING_CREDENTIALS", "CLI_NOT_FOUND"],
    exitCode: 1,
  },
  ...(existsSync(realClaude)
    ? [
        {
          file: "prefer-the-cli.ts",
          given: "a key and the real CLI",
          env: { ...claudeKey, ACC_CLAUDE_CLI: realClaude },
          prints: [defaultAnswer, "through the cli, fallback: false"],
          exitCode: 0,
        },
      ]
    : []),
  {
    file: "open-telemetry.ts",
    given: "a key",
    env: claudeKey,
    prints: [
      defaultAnswer,
      "name: 'attempt sdk'",
      "name: 'chat claude-sonnet-5-5'",
      "'gen_ai.operation.name': 'chat'",
      "'gen_ai.provider.name': 'anthropic'",
      "'acc.metadata.feature': 'explain'",
      "'acc.mode': 'sdk'",
      "name: 'gen_ai.client.operation.duration'",
      "name: 'gen_ai.client.token.usage'",
    ],
    exitCode: 0,
  },
  {
    file: "stream.ts",
    given: "a key of the first provider",
    env: claudeKey,
    prints: [defaultAnswer, "(finished: stop)", "answered by claude"],
    exitCode: 0,
  },
  {
    file: "own-server.ts",
    given: "a server that needs no key",
    env: {},
    prints: [`ollama: ${defaultAnswer}`],
    exitCode: 0,
  },
  {
    file: "stream.ts",
    given: "a key of the second provider alone",
    env: geminiKey,
    prints: [defaultAnswer, "(finished: stop)", "answered by gemini"],
    exitCode: 0,
  },
  {
    file: "ai-sdk/text.ts",
    given: "a key",
    env: claudeKey,
    prints: [defaultAnswer, "through the sdk, cached: false"],
    exitCode: 0,
  },
  {
    file: "ai-sdk/stream-to-browser.ts",
    given: "a key",
    env: claudeKey,
    prints: ['"type":"text-delta"', '"delta":"A decorator', "[DONE]"],
    exitCode: 0,
  },
  {
    file: "ai-sdk/tool-loop.ts",
    given: "a key",
    env: claudeKey,
    prints: ["It is clear in Graz.", "2 steps"],
    exitCode: 0,
  },
  {
    file: "ai-sdk/object.ts",
    given: "a key",
    env: claudeKey,
    prints: ["refused: {", "Chur", "city: 'Innsbruck'"],
    exitCode: 0,
  },
  {
    file: "ai-sdk/chain.ts",
    given: "a key of the second provider alone",
    env: geminiKey,
    prints: [defaultAnswer, "answered by gemini, fallback: true"],
    exitCode: 0,
  },
];
