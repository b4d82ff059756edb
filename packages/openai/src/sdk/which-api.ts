import type { CanonicalRequest, RunContext } from "@acc/dual-mode/provider";
import type { OpenAIOptions } from "../options.ts";
import { vendorUrl } from "./client.ts";

/** What Responses cannot carry. */
export const chatAlone = ["stop", "seed", "presencePenalty", "frequencyPenalty"] as const;

/** The API that a request goes to: the one that the caller named, or the one that can carry it. */
export function whichApi(
  request: CanonicalRequest,
  { options, baseUrl }: Pick<RunContext<OpenAIOptions>, "options" | "baseUrl">,
): "responses" | "chat" {
  if (options.api !== undefined) return options.api;
  if (chatAlone.some((name) => request[name] !== undefined)) return "chat";
  return baseUrl === undefined || isOpenAI(baseUrl) ? "responses" : "chat";
}

/** Also in a region: `us.api.openai.com`. */
function isOpenAI(baseUrl: string): boolean {
  const { hostname } = new URL(baseUrl);
  return hostname === new URL(vendorUrl).hostname || hostname.endsWith(".api.openai.com");
}
