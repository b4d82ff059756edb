import type { CallOptions, ChatRequest, Message } from "@acc/dual-mode";
import type { Settings } from "../config/settings.ts";
import { UsageError } from "../failure.ts";
import type { Attachment } from "./attachments.ts";
import type { ChatOptions } from "./chat-options.ts";
import { readSchema } from "./read-schema.ts";

/** What every request of this command has, besides its messages. */
export async function requestBase(
  options: ChatOptions,
  settings: Settings,
): Promise<Omit<ChatRequest, "messages">> {
  const { system, temperature, schema, model = settings.model } = options;
  return {
    ...(model !== undefined && { model }),
    ...(system !== undefined && { system }),
    ...(temperature !== undefined && { temperature }),
    ...(schema !== undefined && { schema: await readSchema(schema) }),
  };
}

/** How the call is made. */
export function callOptions(options: ChatOptions, settings: Settings): CallOptions {
  const { mode, prefer = settings.prefer, timeout } = options;
  return {
    ...(mode !== undefined && { only: mode }),
    ...(prefer !== undefined && { prefer }),
    ...(timeout !== undefined && { timeout }),
    cache: cachePolicy(options, settings),
  };
}

/** The user's message: the prompt, and the images and files behind it. */
export function userMessage(prompt: string, attached: readonly Attachment[]): Message {
  if (attached.length === 0) return { role: "user", content: prompt };
  return { role: "user", content: [{ type: "text", text: prompt }, ...attached] };
}

function cachePolicy(
  { cache, refresh }: ChatOptions,
  settings: Settings,
): "off" | "refresh" | "default" {
  if (!cache && refresh) {
    throw new UsageError("--no-cache and --refresh exclude each other.", "Leave one of them out.");
  }
  if (refresh) return "refresh";
  return cache && settings.cache !== false ? "default" : "off";
}
