import { type CanonicalRequest, DualModeError } from "@acc/dual-mode/provider";
import type { Content, GenerateContentConfig } from "@google/genai";
import { toGenerationConfig } from "../generation-config.ts";
import { toContents } from "./contents.ts";
import { toFunctions } from "./functions.ts";
import type { Chunk } from "./parts.ts";
import type { Route } from "./route.ts";

const vendorUrl = "https://generativelanguage.googleapis.com";

/** Asks through @google/genai. Every option is given, for it reads those that are not from the environment. */
export async function askGenai(
  request: CanonicalRequest,
  { apiKey, baseUrl = vendorUrl, signal }: Route,
): Promise<AsyncIterable<Chunk>> {
  const { system, tools } = request;
  const contents = toContents(request.messages, request.model) as Content[];
  const { GoogleGenAI } = await load();
  const httpOptions = { baseUrl, apiVersion: "v1beta" };
  const { models } = new GoogleGenAI({ apiKey, vertexai: false, httpOptions });
  const config: GenerateContentConfig = {
    ...toGenerationConfig(request),
    abortSignal: signal,
    ...(system !== undefined && { systemInstruction: system }),
    ...(tools !== undefined && { tools: [{ functionDeclarations: toFunctions(tools) }] }),
  };
  const stream = await models.generateContentStream({ model: request.model, contents, config });
  return stream as unknown as AsyncIterable<Chunk>;
}

async function load(): Promise<typeof import("@google/genai")> {
  try {
    return await import("@google/genai");
  } catch (cause) {
    throw new DualModeError("SDK_NOT_INSTALLED", "The package @google/genai does not load.", {
      fix: "npm install @google/genai",
      cause,
    });
  }
}
