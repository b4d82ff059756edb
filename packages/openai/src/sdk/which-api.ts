import type { CanonicalRequest, RunContext } from "@acc/dual-mode/provider";
import type { OpenAIOptions } from "../options.ts";
import { vendorUrl } from "./client.ts";

/** Options that Responses does not support. */
export const chatAlone = ["stop", "seed", "presencePenalty", "frequencyPenalty"] as const;

/**
 * Returns the API for a request: the one that the caller chose, or one that supports the request.
 */
export function whichApi(
  request: CanonicalRequest,
  { options, baseUrl }: Pick<RunContext<OpenAIOptions>, "options" | "baseUrl">,
): "responses" | "chat" {
  if (options.api !== undefined) return options.api;
  if (chatAlone.some((name) => request[name] !== undefined)) return "chat";
  return baseUrl === undefined || isOpenAI(baseUrl) ? "responses" : "chat";
}

/** Includes regional hosts such as `us.api.openai.com`. */
function isOpenAI(baseUrl: string): boolean {
  const { hostname } = new URL(baseUrl);
  return hostname === new URL(vendorUrl).hostname || hostname.endsWith(".api.openai.com");
}
