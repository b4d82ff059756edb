import type { RunContext } from "../contract/mode-context.ts";
import type { CredentialKind, ModeFeatures, ProviderMode } from "../contract/provider.ts";
import type { FailureRow } from "../failures/failure-row.ts";
import { askAnswer } from "../foreign/ask-answer.ts";
import type { MediaRule } from "../history/check-media.ts";
import type { ChatDialect } from "./chat-dialect.ts";
import type { ReasoningMember } from "./chat-messages.ts";
import type { ReasoningLevels } from "./chat-reasoning.ts";

/** What a server of chat completions is like; `supports` is what it honours. */
export interface ChatCompletionsOptions extends ModeFeatures, ChatDialect {
  /** Where the server is if no base URL is set, up to and with its version: `http://localhost:8080/v1`. */
  readonly baseUrl: string;
  /** @default ["none"] */
  readonly credentials?: readonly CredentialKind[];
  /**
   * The member of an assistant's message in which the server wants back what was thought: DeepSeek
   * refuses tool calls without their "reasoning_content". Others refuse the member.
   * @default none: thoughts are left out
   */
  readonly reasoningMember?: ReasoningMember;
  /**
   * The images and files that the server takes, where it supports them.
   * @default every image, and PDF
   */
  readonly media?: MediaRule;
  /**
   * The levels of thinking that the server takes as `reasoning_effort`, for all its models or by
   * their names; another level is asked for as the nearest of them.
   * @default each as it was asked for
   */
  readonly reasoningLevels?: ReasoningLevels;
  /** What the server's refusals mean where they are not those that are usual; the first that fits counts. */
  readonly failures?: readonly FailureRow[];
}

/**
 * A mode for any server that streams chat completions over server-sent events, and lists its models
 * at `/models`. A key goes along as a bearer token, or in the header named.
 */
export function chatCompletions({
  baseUrl,
  credentials = ["none"],
  supports,
  lacks = [],
  reasoningMember,
  media = { files: ["application/pdf"] },
  reasoningLevels,
  failures = [],
  ...dialect
}: ChatCompletionsOptions): ProviderMode<object> {
  const serverOf = (context: RunContext<object>) => ({
    baseUrl: context.baseUrl ?? baseUrl,
    refusals: { failures },
    forms: { reasoningMember, reasoningLevels },
    media,
    dialect,
  });
  return {
    credentials,
    supports,
    lacks,
    probe: async () => ({ available: true }),
    run: (request, context) =>
      askAnswer({
        async ask() {
          const { runChat } = await import("../first-call.ts");
          return runChat(request, context, serverOf(context));
        },
      }),
    async listModels(context) {
      const { listChatModels } = await import("../first-call.ts");
      return listChatModels(context, serverOf(context));
    },
  };
}
