import { DualModeError, type Part } from "@acc/dual-mode/provider";
import { partFault } from "../../packages/dual-mode/src/engine/part-fault.ts";

type Call = Pick<Extract<Part, { type: "tool-call" }>, "id" | "name" | "input">;

export interface FoldedAnswer {
  readonly text: string;
  readonly calls: readonly Call[];
}

/**
 * The answer, or the coded error that it ended with. Throws what a mode must not do: another error,
 * PROVIDER_FAULT, a part of a wrong form, parts in a wrong order, an id twice.
 */
export async function answerOf(parts: AsyncIterable<Part>): Promise<FoldedAnswer | DualModeError> {
  const seen: Part[] = [];
  try {
    for await (const part of parts) seen.push(part);
  } catch (error) {
    if (!DualModeError.is(error) || error.code === "PROVIDER_FAULT") throw error;
    checkForms(seen);
    return error;
  }
  checkForms(seen);
  if (seen.at(-1)?.type !== "finish") throw new Error("The answer has no finish.");
  const calls = seen.filter((part) => part.type === "tool-call");
  if (new Set(calls.map(({ id }) => id)).size < calls.length) throw new Error("An id came twice.");
  return {
    text: seen.map((part) => (part.type === "text" ? part.text : "")).join(""),
    calls: calls.map(({ id, name, input }) => ({ id, name, input })),
  };
}

function checkForms(parts: readonly Part[]): void {
  for (const [index, part] of parts.entries()) {
    const fault = partFault(part);
    if (fault !== undefined) throw new Error(`It ${fault}.`);
    if ((part.type === "start") !== (index === 0)) throw new Error("start is not first.");
    if (part.type === "finish" && index < parts.length - 1) throw new Error("finish is not last.");
  }
}

/** A body in pieces of these sizes, again and again. */
export async function* inPieces(
  text: string,
  sizes: readonly number[],
): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  for (let start = 0, turn = 0; start < bytes.length; turn += 1) {
    const end = start + (sizes[turn % sizes.length] ?? bytes.length);
    yield bytes.subarray(start, end);
    start = end;
  }
}
