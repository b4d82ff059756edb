import type { RunContext } from "../contract/mode-context.ts";
import type { CredentialKind, ModeFeatures, ProviderMode } from "../contract/provider.ts";
import type { FailureRow } from "../failures/failure-row.ts";
import { askAnswer } from "../foreign/ask-answer.ts";
import type { MediaRule } from "../history/check-media.ts";
import type { ChatDialect } from "./chat-dialect.ts";
import type { ReasoningMember } from "./chat-messages.ts";
import type { ReasoningLevels } from "./chat-reasoning.ts";

/** A server of chat completions; `supports` lists the features that it honours. */
export interface ChatCompletionsOptions extends ModeFeatures, ChatDialect {
  /**
   * The server's address if no base URL is set, including its version: `http://localhost:8080/v1`.
   */
  readonly baseUrl: string;
  /** @default ["none"] */
  readonly credentials?: readonly CredentialKind[];
  /**
   * The member of an assistant's message in which the server wants its reasoning back: DeepSeek
   * refuses tool calls without their "reasoning_content". Other servers refuse the member.
   *
   * @default none: reasoning is left out
   */
  readonly reasoningMember?: ReasoningMember;
  /**
   * The images and files that the server accepts, if it supports them.
   *
   * @default every image, and PDF
   */
  readonly media?: MediaRule;
  /**
   * The levels of reasoning that the server accepts as `reasoning_effort`, for all its models or by
   * their names; for any other level the nearest one is sent.
   *
   * @default every level is sent as requested
   */
  readonly reasoningLevels?: ReasoningLevels;
  /**
   * Meanings of the server's refusals, where they differ from the usual ones; the first that
   * matches counts.
   */
  readonly failures?: readonly FailureRow[];
}

/**
 * Returns a mode for any server that streams chat completions over server-sent events, and lists
 * its models at `/models`. A key is sent as a bearer token, or in the named header.
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
