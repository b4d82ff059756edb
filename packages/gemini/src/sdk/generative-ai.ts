import {
  type CanonicalRequest,
  DualModeError,
  type Part,
  readAnswer,
} from "@acc/dual-mode/provider";
import type { FunctionDeclaration } from "@google/generative-ai";
import { toGenerationConfig } from "../generation-config.ts";
import { toContents } from "./contents.ts";
import { toFunctions } from "./functions.ts";
import { ChunkReader } from "./parts.ts";
import type { Route } from "./route.ts";

/**
 * Asks through @google/generative-ai, at Google's own address: it takes no `fetch`, so that what
 * `createFetch` is for cannot be had.
 */
export async function askGenerativeAi(
  request: CanonicalRequest,
  { apiKey, baseUrl, signal }: Route,
): Promise<AsyncIterable<Part>> {
  if (baseUrl !== undefined) throw noBaseUrl();
  const { system, tools } = request;
  const contents = toContents(request.messages, request.model);
  const { GoogleGenerativeAI } = await load();
  const functionDeclarations = toFunctions(tools) as unknown as FunctionDeclaration[];
  const model = new GoogleGenerativeAI(apiKey).getGenerativeModel({
    model: request.model,
    generationConfig: toGenerationConfig(request),
    ...(system !== undefined && { systemInstruction: system }),
    ...(tools !== undefined && { tools: [{ functionDeclarations }] }),
  });
  const answer = await model.generateContentStream({ contents }, { signal });
  // The SDK rejects this promise beside the stream; unheard, a cut would end the process.
  answer.response.catch(() => {});
  return readAnswer<unknown>(answer.stream, new ChunkReader());
}

function noBaseUrl(): DualModeError {
  const message =
    'sdk: "generative-ai" takes no base URL: it would follow a redirect with the key.';
  return new DualModeError("INVALID_REQUEST", message, {
    fix: "Leave sdk out, or baseUrl and GOOGLE_GEMINI_BASE_URL.",
  });
}

async function load(): Promise<typeof import("@google/generative-ai")> {
  try {
    return await import("@google/generative-ai");
  } catch (cause) {
    const message = "The package @google/generative-ai does not load.";
    const fix = "npm install @google/generative-ai";
    throw new DualModeError("SDK_NOT_INSTALLED", message, { fix, cause });
  }
}
