import type { CallOptions, ChatRequest, ClientOptions, Message } from "@acc/dual-mode";
import type { Settings } from "../config/settings.ts";
import { UsageError } from "../failure.ts";
import { toolWords } from "../tools/tool-words.ts";
import type { Attachment } from "./attachments.ts";
import { given } from "./given.ts";
import type { CallFlags, ChatOptions } from "./parsed-flags.ts";
import type { readMembers } from "./read-members.ts";

/** The members of every request of this command, except its messages. */
export type RequestBase = Omit<ChatRequest, "messages">;

export async function requestBase(options: ChatOptions, settings: Settings): Promise<RequestBase> {
  const { schema, toolChoice, vendor, model = settings.model } = options;
  const { called, declared: tools } = toolWords(options.tools);
  const { system, temperature, topP, topK, presencePenalty, frequencyPenalty } = options;
  const { stop, seed, reasoning, schemaName, sample } = options;
  return {
    ...given<RequestBase>({
      model,
      system,
      temperature,
      topP,
      topK,
      presencePenalty,
      frequencyPenalty,
      stop,
      seed,
      reasoning,
      schemaName,
      sample,
      maxOutputTokens: options.maxTokens,
      json: options.jsonObject ? true : undefined,
      parallelTools: options.parallelTools ? undefined : false,
    }),
    ...(schema !== undefined && { schema: await schemaOf(schema) }),
    ...((tools[0] ?? toolChoice ?? vendor) !== undefined &&
      (await membersOf({ tools, toolChoice, vendor, hasTools: called.length > 0 }))),
  };
}

const schemaOf = async (path: string) => (await import("./read-schema.ts")).readSchema(path);

const membersOf: typeof readMembers = async (flags) =>
  (await import("./read-members.ts")).readMembers(flags);

/** The options of every client of this command. */
export function clientOptions({ billing, retry, unlock }: ChatOptions): ClientOptions {
  const secrets = async () => (await import("../secrets/open-once.ts")).openOnce(unlock);
  return { ...given<ClientOptions>({ billing, retry }), secrets };
}

/** The options of the call. */
export function callOptions(options: ChatOptions, settings: Settings): CallOptions {
  const { timeout, promptCache, lenient } = options;
  const only = options.only ?? options.mode;
  const features = lenient?.split(",").map((name) => name.trim());
  return {
    ...given<CallOptions>({
      timeout,
      promptCache,
      // Flags override settings: a user who gives --prefer wants more than one mode tried.
      only: only ?? (options.prefer === undefined ? settings.only : undefined),
      prefer: options.prefer ?? settings.prefer,
      lenient: lenient === "all" ? true : (features as CallOptions["lenient"]),
      waitForLimits: options.wait ? undefined : false,
    }),
    cache: cachePolicy(options, settings),
  };
}

/** The user's message: the prompt, followed by the images and files. */
export function userMessage(prompt: string, attached: readonly Attachment[]): Message {
  if (attached.length === 0) return { role: "user", content: prompt };
  return { role: "user", content: [{ type: "text", text: prompt }, ...attached] };
}

/** A conversation uses the cache only on request: nobody wants to talk to a recording. */
function cachePolicy(
  { cache, refresh, interactive }: CallFlags & Pick<ChatOptions, "interactive">,
  settings: Settings,
): "off" | "refresh" | "default" {
  if (cache === false && refresh) {
    throw new UsageError("--no-cache and --refresh exclude each other.", "Leave one of them out.");
  }
  if (refresh) return "refresh";
  return (cache ?? settings.cache ?? !interactive) ? "default" : "off";
}
