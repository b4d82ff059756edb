import type { Feature } from "../contract/mode.ts";
import type { CredentialKind, ProviderMode, RunContext } from "../contract/provider.ts";
import type { FailureRow } from "../failures/failure-row.ts";
import type { MediaRule } from "../history/check-media.ts";
import type { ReasoningMember } from "./chat-messages.ts";

/** What a server of chat completions is like. */
export interface ChatCompletionsOptions {
  /** Where the server is if no base URL is set, up to and with its version: `http://localhost:8080/v1`. */
  readonly baseUrl: string;
  /** @default ["none"] */
  readonly credentials?: readonly CredentialKind[];
  /** What the server honours. */
  readonly supports: readonly Feature[];
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
  /** What the server's refusals mean where they are not those that are usual; the first that fits counts. */
  readonly failures?: readonly FailureRow[];
}

/**
 * A mode for any server that streams chat completions over server-sent events, and lists its models
 * at `/models`. A key goes along as a bearer token.
 */
export function chatCompletions({
  baseUrl,
  credentials = ["none"],
  supports,
  reasoningMember,
  media = { files: ["application/pdf"] },
  failures = [],
}: ChatCompletionsOptions): ProviderMode<object> {
  const serverOf = (context: RunContext<object>) => ({
    baseUrl: context.baseUrl ?? baseUrl,
    refusals: { failures },
    reasoningMember,
    media,
  });
  return {
    credentials,
    supports,
    probe: async () => ({ available: true }),
    async *run(request, context) {
      const { runChat } = await import("../first-call.ts");
      yield* runChat(request, context, serverOf(context));
    },
    async listModels(context) {
      const { listChatModels } = await import("../first-call.ts");
      return listChatModels(context, serverOf(context));
    },
  };
}
