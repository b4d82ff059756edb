import { type CanonicalRequest, withVendorMembers } from "@acc/dual-mode/provider";
import type { Content } from "@google/generative-ai";
import { type GenerationConfig, toGenerationConfig } from "../generation-config.ts";
import { toContents } from "./contents.ts";
import { type Functions, toFunctions } from "./functions.ts";

/** The body of a request; the model is in the URL. */
export interface Body extends Functions {
  readonly contents: Content[];
  readonly generationConfig: GenerationConfig;
  readonly systemInstruction?: string;
}

/** Members that the caller cannot set; the last would return answers that nobody reads. */
const fixed = ["model", "contents", "generationConfig.candidateCount"];

export function toBody(request: CanonicalRequest): Body {
  const { system } = request;
  return {
    contents: toContents(request.messages, request.model),
    generationConfig: toGenerationConfig(request),
    ...(system !== undefined && { systemInstruction: system }),
    ...toFunctions(request),
  };
}

/** Merges the caller's own members into the body. */
export function withOwnMembers(body: Body, { vendor }: CanonicalRequest): Body {
  return withVendorMembers(body, vendor, { provider: "gemini", fixed });
}
