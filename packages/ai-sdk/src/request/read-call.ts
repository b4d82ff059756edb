import type { CallOptions, ChatRequest, ReasoningLevel } from "@acc/dual-mode";
import type { CallWarning } from "../contract/answer.ts";
import type { ModelCallOptions } from "../contract/call-options.ts";
import { lenience } from "./lenience.ts";
import { ownOptions, placed } from "./own-options.ts";
import { toAnswerForm } from "./to-answer-form.ts";
import { toMessages } from "./to-messages.ts";
import { toToolChoice, toTools } from "./to-tools.ts";
import { unsupportedWarning } from "./warnings.ts";

/** A call of the AI SDK as a client takes it. */
export interface ReadCall {
  readonly request: ChatRequest;
  readonly asked: CallOptions;
  /** Of what no client carries. */
  readonly warnings: CallWarning[];
}

/** @throws errors of the AI SDK's kinds, for what must not be left out and cannot be asked */
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
  // To assign nothing takes Node.js 20 a quarter of a cached answer's time.
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

/** Each by its name: to go through so many that are undefined takes a cached answer half as long as its key. */
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

/** Vendors that hold an answer to a schema alone are told so in words. */
const jsonAlone = {
  role: "system",
  content: "Answer with JSON alone: no other text, and no code fence.",
} as const;

/** The engine checks what it is. */
function levelOf(reasoning: string | undefined): ReasoningLevel | undefined {
  return reasoning === "provider-default" ? undefined : (reasoning as ReasoningLevel | undefined);
}

function addNotCarried({ headers, includeRawChunks }: ModelCallOptions, warnings: CallWarning[]) {
  // The AI SDK's own word for itself comes with every call.
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
