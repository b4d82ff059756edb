import type { CallOptions, ChatRequest, ReasoningLevel } from "@acc/dual-mode";
import type { CallWarning } from "../contract/answer.ts";
import type { ModelCallOptions } from "../contract/call-options.ts";
import { defined } from "../defined.ts";
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
  const { temperature, topP, topK, seed, maxOutputTokens, stopSequences, reasoning } = options;
  const { presencePenalty, frequencyPenalty, abortSignal } = options;
  const answerForm = toAnswerForm(options.responseFormat);
  const messages = toMessages(options.prompt, warnings);
  const request: ChatRequest = {
    messages: answerForm.json ? [jsonAlone, ...messages] : messages,
    ...defined({
      model,
      temperature,
      topP,
      topK,
      presencePenalty,
      frequencyPenalty,
      seed,
      maxOutputTokens,
      stop: stopSequences,
      reasoning: levelOf(reasoning),
      tools: toTools(options.tools),
      toolChoice: toToolChoice(options.toolChoice),
    }),
    ...answerForm,
    ...own.request,
  };
  addNotCarried(options, warnings);
  const lenient = lenience(request);
  const asked = {
    ...(lenient.length > 0 && { lenient }),
    ...own.call,
    ...(abortSignal && { signal: abortSignal }),
  };
  return { request, asked, warnings };
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
