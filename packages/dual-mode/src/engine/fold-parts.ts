import type { FinishReason, Limits, Part, Source, Usage, Warning } from "../contract/part.ts";
import type { AssistantContent, ToolCall } from "../contract/request.ts";
import type { Origin } from "./origin.ts";

/** The parts of a stream, folded into one whole. */
export interface FoldedParts {
  readonly id: string | undefined;
  readonly text: string;
  readonly content: readonly AssistantContent[];
  readonly reasoning: string;
  readonly toolCalls: readonly ToolCall[];
  readonly usage: Usage | undefined;
  readonly warnings: readonly Warning[];
  readonly finishReason: FinishReason;
  readonly vendorReason: string | undefined;
  readonly stopSequence: string | undefined;
  readonly sources: readonly Source[];
  readonly limits: Limits | undefined;
  readonly model: string | undefined;
}

/** Folds parts. The origin after cached parts adds nothing to the answer itself. */
export function foldParts(parts: readonly (Part | Origin)[]): FoldedParts {
  let text = "";
  let reasoning = "";
  let usage: Usage | undefined;
  let finishReason: FinishReason = "other";
  let vendorReason: string | undefined;
  let stopSequence: string | undefined;
  let limits: Limits | undefined;
  let model: string | undefined;
  let id: string | undefined;
  const sources: Source[] = [];
  const content: AssistantContent[] = [];
  const toolCalls: ToolCall[] = [];
  const warnings: Warning[] = [];
  for (const part of parts) {
    if (part.type === "text" || part.type === "reasoning" || part.type === "tool-call") {
      addPart(content, part);
    }
    if (part.type === "start") {
      model = part.model;
      id = part.id;
    } else if (part.type === "text") text += part.text;
    else if (part.type === "reasoning") reasoning += part.text;
    else if (part.type === "tool-call") toolCalls.push(toolCallOf(part));
    else if (part.type === "usage") usage = { ...usage, ...part.usage };
    else if (part.type === "warning") warnings.push(part.warning);
    else if (part.type === "source") sources.push(part.source);
    else if (part.type === "limits") limits = { ...limits, ...part.limits };
    else if (part.type === "finish") {
      finishReason = part.reason;
      vendorReason = part.vendorReason;
      stopSequence = part.stopSequence;
    }
  }
  // A literal with every member by name: with so many members a spread takes Node.js 20 longer than
  // the rest of a cache hit.
  return {
    id,
    text,
    content,
    reasoning,
    toolCalls,
    usage,
    warnings,
    finishReason,
    vendorReason,
    stopSequence,
    sources,
    limits,
    model,
  };
}

function toolCallOf({ type: _, ...call }: Extract<Part, { type: "tool-call" }>): ToolCall {
  return call;
}

/** False for the pieces of a call's arguments, which are only for display. */
export function isTold({ type }: Part | Origin): boolean {
  return type !== "tool-input";
}

/** Joins neighbouring pieces of text, and leaves out the parts that are only for display. */
export function joinParts(parts: readonly Part[]): readonly Part[] {
  const joined: Part[] = [];
  for (const part of parts) joinPart(joined, part);
  return joined;
}

/** Appends a part, and joins its text with that of the part before it. */
export function joinPart(joined: Part[], part: Part): void {
  if (isTold(part)) addPart(joined, part);
}

/** A piece of text continues the one before it; a signature ends a piece of reasoning. */
function addPart<P extends Part>(parts: P[], part: P): void {
  const last = parts.at(-1);
  if (part.type === "text" && last?.type === "text") {
    parts[parts.length - 1] = { ...part, text: last.text + part.text };
  } else if (part.type === "reasoning" && last?.type === "reasoning" && !last.signature) {
    parts[parts.length - 1] = { ...part, text: last.text + part.text };
  } else {
    parts.push(part);
  }
}
