import type { CallOptions, ChatRequest, ImageContent, JsonSchemaSource } from "@acc/dual-mode";
import type { Settings } from "../config/settings.ts";
import { UsageError } from "../failure.ts";
import { readBytes, readTextFile } from "../input/read-text.ts";
import type { ChatOptions } from "./chat-options.ts";

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

/** The user's message: the prompt, and the images behind it. */
export async function userMessage(
  prompt: string,
  images: readonly string[] = [],
): Promise<ChatRequest["messages"][number]> {
  if (images.length === 0) return { role: "user", content: prompt };
  const content = await Promise.all(images.map(readImage));
  return { role: "user", content: [{ type: "text", text: prompt }, ...content] };
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

async function readSchema(path: string): Promise<JsonSchemaSource> {
  const { invalidFile, parseJson } = await import("../input/parse-json.ts");
  const { getNodeValue } = await import("jsonc-parser");
  const { Validator } = await import("@cfworker/json-schema");
  const text = await readTextFile(path);
  const root = parseJson(text, path);
  if (root.type !== "object") throw invalidFile(text, path, root.offset, "must be an object");
  const jsonSchema = getNodeValue(root);
  const validator = new Validator(jsonSchema);
  return {
    jsonSchema,
    validate(value) {
      const { valid, errors } = validator.validate(value);
      if (valid) return value;
      throw new TypeError(
        errors.map(({ instanceLocation, error }) => `${instanceLocation}: ${error}`).join("; "),
      );
    },
  };
}

const mediaTypes: Readonly<Record<string, string>> = {
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  webp: "image/webp",
  gif: "image/gif",
};

async function readImage(path: string): Promise<ImageContent> {
  const mediaType = mediaTypes[path.split(".").at(-1)?.toLowerCase() ?? ""];
  if (mediaType === undefined) {
    throw new UsageError(
      `The image ${path} is of no kind that models read.`,
      `Give a file that ends in ${Object.keys(mediaTypes).join(", ")}.`,
    );
  }
  return { type: "image", mediaType, data: (await readBytes(path)).toString("base64") };
}
