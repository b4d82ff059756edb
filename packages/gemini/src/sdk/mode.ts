import {
  askAnswer,
  type CanonicalRequest,
  DualModeError,
  type Part,
  type ProviderMode,
  type RunContext,
  withFittedBatch,
  withFittedNames,
} from "@acc/dual-mode/provider";
import { sdkFeatures } from "../features.ts";
import type { GeminiOptions } from "../options.ts";
import { batch } from "./batch/batch.ts";
import { toolNames } from "./contents.ts";
import { toError } from "./error.ts";
import { askGenai } from "./genai.ts";
import { askGenerativeAi } from "./generative-ai.ts";
import { listModels } from "./list-models.ts";
import { checkModel, toRoute } from "./route.ts";

/** Gemini through one of Google's two packages. */
export const sdk: ProviderMode<GeminiOptions> = {
  ...sdkFeatures,
  credentials: ["key"],
  probe: async () => ({ available: true }),
  run: withFittedNames(toolNames, run),
  listModels,
  batch: withFittedBatch(toolNames, batch),
};

function run(
  request: CanonicalRequest,
  context: RunContext<GeminiOptions>,
): AsyncIterableIterator<Part> {
  const { signal, options } = context;
  const left = new AbortController();
  // Not AbortSignal.any: the packages do not remove their listeners, and Node.js then keeps the
  // combined signal forever (nodejs/node#64476).
  const stop = () => left.abort(signal.reason);
  return askAnswer({
    signal,
    async ask() {
      signal.addEventListener("abort", stop, { once: true });
      signal.throwIfAborted();
      checkModel(request.model);
      return askBy(options)(request, toRoute(context, left.signal));
    },
    failure: (thrown) => toError(thrown),
    end() {
      signal.removeEventListener("abort", stop);
      left.abort();
    },
  });
}

function askBy({ sdk: name = "genai" }: GeminiOptions): typeof askGenai {
  if (name === "genai") return askGenai;
  if (name === "generative-ai") return askGenerativeAi;
  throw new DualModeError("INVALID_REQUEST", `sdk: "${name}" is not a package of Google's.`, {
    fix: 'Use "genai" or "generative-ai".',
  });
}
