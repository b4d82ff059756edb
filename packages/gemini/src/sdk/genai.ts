import {
  type CanonicalRequest,
  createFetch,
  DualModeError,
  type Part,
  readAnswer,
  readServerSentEvents,
} from "@acc/dual-mode/provider";
import type { Content, GenerateContentConfig } from "@google/genai/web";
import { toGenerationConfig } from "../generation-config.ts";
import { toContents } from "./contents.ts";
import { toFunctions } from "./functions.ts";
import { ChunkEvents } from "./parts.ts";
import type { Route } from "./route.ts";

const vendorUrl = "https://generativelanguage.googleapis.com";

/** Asks through @google/genai. Every option is given, for it reads those that are not from the environment. */
export async function askGenai(
  request: CanonicalRequest,
  { apiKey, baseUrl = vendorUrl, signal, alive }: Route,
): Promise<AsyncIterable<Part>> {
  const { system, tools } = request;
  const contents = toContents(request.messages, request.model) as Content[];
  const { GoogleGenAI } = await load();
  const headers = {
    accept: "text/event-stream",
    "content-type": "application/json",
    "x-goog-api-key": apiKey,
  };
  const { fetch, kept } = keepBody(createFetch({ signal, alive }, { headers }));
  const httpOptions = { baseUrl, apiVersion: "v1beta", fetch };
  const { models } = new GoogleGenAI({ apiKey, vertexai: false, httpOptions });
  const config: GenerateContentConfig = {
    ...toGenerationConfig(request),
    abortSignal: signal,
    ...(system !== undefined && { systemInstruction: system }),
    ...(tools !== undefined && { tools: [{ functionDeclarations: toFunctions(tools) }] }),
  };
  await models.generateContentStream({ model: request.model, contents, config });
  return readAnswer(readServerSentEvents(kept()), new ChunkEvents());
}

/** The SDK reads an answer when it is asked for its chunks: it is not, for it checks none and loses some. */
function keepBody(send: typeof globalThis.fetch): {
  fetch: typeof globalThis.fetch;
  kept: () => ReadableStream<Uint8Array> | null;
} {
  let body: ReadableStream<Uint8Array> | null = null;
  return {
    fetch: async (input, init) => {
      const response = await send(input, init);
      body = response.body;
      return response;
    },
    kept: () => body,
  };
}

/** Its entry for Node.js brings ways to log in that a key does not need, and takes five times as long. */
async function load(): Promise<typeof import("@google/genai/web")> {
  try {
    return await import("@google/genai/web");
  } catch (cause) {
    throw new DualModeError("SDK_NOT_INSTALLED", "The package @google/genai does not load.", {
      fix: "npm install @google/genai",
      cause,
    });
  }
}
