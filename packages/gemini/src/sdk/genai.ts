import {
  type CanonicalRequest,
  DualModeError,
  type Part,
  readAnswer,
  readServerSentEvents,
} from "@acc/dual-mode/provider";
import type { Content, GenerateContentConfig } from "@google/genai/web";
import { toGenerationConfig } from "../generation-config.ts";
import { toContents } from "./contents.ts";
import { toFunctions } from "./functions.ts";
import { keepBody } from "./keep-body.ts";
import { ChunkEvents } from "./parts.ts";
import type { Route } from "./route.ts";

const vendorUrl = "https://generativelanguage.googleapis.com";

/** Asks through @google/genai. Every option is given, for it reads those that are not from the environment. */
export async function askGenai(
  request: CanonicalRequest,
  route: Route,
): Promise<AsyncIterable<Part>> {
  const { apiKey, baseUrl = vendorUrl, signal } = route;
  const { system, tools } = request;
  const contents = toContents(request.messages, request.model) as Content[];
  const { GoogleGenAI } = await load();
  const { fetch, answered } = keepBody(route);
  const httpOptions = { baseUrl, apiVersion: "v1beta", fetch };
  const { models } = new GoogleGenAI({ apiKey, vertexai: false, httpOptions });
  const config: GenerateContentConfig = {
    ...toGenerationConfig(request),
    abortSignal: signal,
    ...(system !== undefined && { systemInstruction: system }),
    ...(tools !== undefined && { tools: [{ functionDeclarations: toFunctions(tools) }] }),
  };
  const call = models.generateContentStream({ model: request.model, contents, config });
  return readAnswer(readServerSentEvents(await answered(call)), new ChunkEvents());
}

/** Once it is loaded: to import it again would take each call some 30 µs. */
let loaded: typeof import("@google/genai/web") | undefined;

/** Its entry for Node.js brings ways to log in that a key does not need, and takes five times as long. */
async function load(): Promise<typeof import("@google/genai/web")> {
  try {
    loaded ??= await import("@google/genai/web");
    return loaded;
  } catch (cause) {
    throw new DualModeError("SDK_NOT_INSTALLED", "The package @google/genai does not load.", {
      fix: "npm install @google/genai",
      cause,
    });
  }
}
