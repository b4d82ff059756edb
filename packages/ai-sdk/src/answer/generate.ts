import type { Reply } from "@acc/dual-mode";
import type { AnswerContent, CallWarning, GenerateResult } from "../contract/answer.ts";
import type { ModelCallOptions } from "../contract/call-options.ts";
import { toAiError } from "../errors/to-ai-error.ts";
import type { ModelSource } from "../model-source.ts";
import { readCall } from "../request/read-call.ts";
import { toCallWarnings } from "../request/warnings.ts";
import { newAnswerId } from "./answer-id.ts";
import { toAnswerContent, toSource } from "./content.ts";
import { metadataOf } from "./metadata.ts";
import { type Misfit, misfitOf } from "./misfit.ts";
import { toUsage } from "./usage.ts";

/** Generates a complete answer. Throws the AI SDK's own kinds of errors. */
export async function generate(
  { client, name, model, refusals, before }: ModelSource,
  options: ModelCallOptions,
): Promise<GenerateResult> {
  const { request, asked, warnings } = readCall(options, model);
  const question = refusals.question(name, request, asked);
  try {
    const reply = await client.chat(before.same(request), question.options);
    const result = toResult(reply, warnings);
    question.answered(result.response.id);
    return result;
  } catch (error) {
    const misfit = misfitOf(error);
    if (misfit === undefined) throw toAiError(error, options.abortSignal, asked);
    return { ...misfitResult(misfit, model ?? name), warnings };
  }
}

function toResult(reply: Reply, earlier: CallWarning[]): GenerateResult {
  const { content, sources, finishReason, vendorReason, usage, model, warnings } = reply;
  const answer: AnswerContent[] = content.map(toAnswerContent);
  sources.forEach((source, at) => {
    answer.push(toSource(source, `source-${at}`));
  });
  return {
    content: answer,
    finishReason: { unified: finishReason, raw: vendorReason },
    usage: toUsage(usage),
    warnings: warnings.length > 0 ? [...earlier, ...warnings.flatMap(toCallWarnings)] : earlier,
    providerMetadata: metadataOf(reply),
    response: { id: reply.id ?? newAnswerId(), timestamp: new Date(), modelId: model },
  };
}

function misfitResult({ text, error }: Misfit, model: string): Omit<GenerateResult, "warnings"> {
  const { attempts } = error;
  const last = attempts.at(-1);
  return {
    content: [{ type: "text", text }],
    finishReason: { unified: "stop", raw: undefined },
    usage: toUsage(),
    providerMetadata: metadataOf({ ...last, attempts }),
    response: { id: newAnswerId(), timestamp: new Date(), modelId: last?.model ?? model },
  };
}
