import type { CanonicalRequest, Part, ProviderMode, RunContext } from "@acc/dual-mode/provider";
import type { GeminiOptions } from "../options.ts";
import { toContents } from "./contents.ts";
import { toError } from "./error.ts";
import { openModel } from "./model.ts";
import { type Chunk, toParts } from "./parts.ts";

/** Gemini through @google/generative-ai. */
export const sdk: ProviderMode<GeminiOptions> = {
  credentials: ["key"],
  supports: [
    "system",
    "multiTurn",
    "temperature",
    "topP",
    "stop",
    "maxOutputTokens",
    "seed",
    "reasoning",
    "schema",
    "tools",
    "images",
  ],
  probe: async () => ({ available: true }),
  run,
};

async function* run(
  request: CanonicalRequest,
  context: RunContext<GeminiOptions>,
): AsyncGenerator<Part> {
  const { signal } = context;
  const left = new AbortController();
  try {
    const model = await openModel(request, context);
    const contents = toContents(request.messages);
    const answer = await model.generateContentStream(
      { contents },
      { signal: AbortSignal.any([signal, left.signal]) },
    );
    // The SDK rejects this promise beside the stream; unheard, a cut would end the process.
    answer.response.catch(() => {});
    yield* toParts(answer.stream as AsyncIterable<Chunk>);
  } catch (error) {
    signal.throwIfAborted();
    throw toError(error);
  } finally {
    left.abort();
  }
}
