import {
  type CanonicalRequest,
  type Part,
  readAnswer,
  readServerSentEvents,
  sdkLoader,
} from "@acc/dual-mode/provider";
import type { Content, GenerateContentConfig } from "@google/genai/web";
import { toBody, withOwnMembers } from "./body.ts";
import { keepBody } from "./keep-body.ts";
import { ChunkEvents } from "./parts.ts";
import type { Route } from "./route.ts";

const vendorUrl = "https://generativelanguage.googleapis.com";

/**
 * The web entry is used, because the one for Node.js adds ways to log in that a key does not need,
 * and takes five times as long to load.
 */
const load = sdkLoader("@google/genai", () => import("@google/genai/web"));

/**
 * Sends a request through @google/genai. Every option is set, because the package reads missing
 * ones from the environment. It leaves out members that it does not know, so the caller's own are
 * passed as `extraBody`.
 */
export async function askGenai(
  request: CanonicalRequest,
  route: Route,
): Promise<AsyncIterable<Part>> {
  const { apiKey, baseUrl = vendorUrl, signal } = route;
  const { model, vendor } = request;
  const body = toBody(request);
  const { contents, generationConfig, systemInstruction, tools, toolConfig } = body;
  withOwnMembers(body, request);
  const { GoogleGenAI } = await load();
  const { fetch, answered } = keepBody(route);
  const httpOptions = { baseUrl, apiVersion: "v1beta", fetch };
  const { models } = new GoogleGenAI({ apiKey, vertexai: false, httpOptions });
  const config = {
    ...generationConfig,
    abortSignal: signal,
    ...(systemInstruction !== undefined && { systemInstruction }),
    ...(tools !== undefined && { tools }),
    ...(toolConfig !== undefined && { toolConfig }),
    ...(vendor !== undefined && { httpOptions: { extraBody: vendor } }),
  } as GenerateContentConfig;
  const call = models.generateContentStream({ model, contents: contents as Content[], config });
  return readAnswer(readServerSentEvents(await answered(call), route), new ChunkEvents());
}
