import type { CallOptions, ChatRequest, ReasoningLevel } from "@acc/dual-mode";
import type { CallWarning } from "../contract/answer.ts";
import type { ModelCallOptions } from "../contract/call-options.ts";
import { lenience } from "./lenience.ts";
import { ownOptions, placed } from "./own-options.ts";
import { toAnswerForm } from "./to-answer-form.ts";
import { toMessages } from "./to-messages.ts";
import { toToolChoice, toTools } from "./to-tools.ts";
import { unsupportedWarning } from "./warnings.ts";

/** A call of the AI SDK, converted for a client. */
export interface ReadCall {
  readonly request: ChatRequest;
  readonly asked: CallOptions;
  /** Warnings about options that no client supports. */
  readonly warnings: CallWarning[];
}

/** @throws the AI SDK's kinds of errors, for unsupported options that must not be left out */
export function readCall(options: ModelCallOptions, model: string | undefined): ReadCall {
  const own = placed(ownOptions(options.providerOptions));
  const warnings: CallWarning[] = [];
  const answerForm = toAnswerForm(options.responseFormat);
  const messages = toMessages(options.prompt, warnings);
  const request: Writable<ChatRequest> = {
    messages: answerForm.json ? [jsonAlone, ...messages] : messages,
  };
  if (model !== undefined) request.model = model;
  addSettings(request, options);
  const tools = toTools(options.tools);
  if (tools !== undefined) request.tools = tools;
  const toolChoice = toToolChoice(options.toolChoice);
  if (toolChoice !== undefined) request.toolChoice = toolChoice;
  // In Node.js 20, an `Object.assign` of nothing takes a quarter of the time of a cached answer.
  if (options.responseFormat !== undefined) Object.assign(request, answerForm);
  if (options.providerOptions !== undefined) Object.assign(request, own.request);
  addNotCarried(options, warnings);
  const lenient = lenience(request);
  const asked: Writable<CallOptions> = { ...own.call };
  if (lenient.length > 0 && !("lenient" in asked)) asked.lenient = lenient;
  if (options.abortSignal) asked.signal = options.abortSignal;
  return { request, asked, warnings };
}

type Writable<T> = { -readonly [Member in keyof T]: T[Member] };

/**
 * Names each setting: a loop over so many undefined ones takes half as long as hashing the key of a
 * cached answer.
 */
function addSettings(request: Writable<ChatRequest>, options: ModelCallOptions): void {
  const { temperature, topP, topK, seed, maxOutputTokens, stopSequences } = options;
  const { presencePenalty, frequencyPenalty } = options;
  if (temperature !== undefined) request.temperature = temperature;
  if (topP !== undefined) request.topP = topP;
  if (topK !== undefined) request.topK = topK;
  if (presencePenalty !== undefined) request.presencePenalty = presencePenalty;
  if (frequencyPenalty !== undefined) request.frequencyPenalty = frequencyPenalty;
  if (seed !== undefined) request.seed = seed;
  if (maxOutputTokens !== undefined) request.maxOutputTokens = maxOutputTokens;
  if (stopSequences !== undefined) request.stop = stopSequences;
  const reasoning = levelOf(options.reasoning);
  if (reasoning !== undefined) request.reasoning = reasoning;
}

/**
 * Added for JSON without a schema: some vendors enforce only schemas, so the model is asked in
 * words.
 */
const jsonAlone = {
  role: "system",
  content: "Answer with JSON alone: no other text, and no code fence.",
} as const;

/** Converts the AI SDK's `reasoning`; the engine checks the value. */
function levelOf(reasoning: string | undefined): ReasoningLevel | undefined {
  return reasoning === "provider-default" ? undefined : (reasoning as ReasoningLevel | undefined);
}

function addNotCarried({ headers, includeRawChunks }: ModelCallOptions, warnings: CallWarning[]) {
  // The AI SDK adds its own user-agent to each call.
  const named = Object.keys(headers ?? {}).filter((name) => name.toLowerCase() !== "user-agent");
  if (named.length > 0) {
    const details = `No header of a caller's is sent (${named.join(", ")}).`;
    warnings.push(unsupportedWarning("headers", details));
  }
  if (includeRawChunks) {
    const details = "The vendor's own events are not handed on.";
    warnings.push(unsupportedWarning("includeRawChunks", details));
  }
}
