import { generate } from "./answer/generate.ts";
import { openStream } from "./answer/open-stream.ts";
import type { GenerateResult } from "./contract/answer.ts";
import type { LanguageModel } from "./contract/language-model.ts";
import type { Clients, Provider } from "./contract/provider.ts";
import type { StreamPart } from "./contract/stream-part.ts";
import { createProvider } from "./create-provider.ts";

/** What `ai` 7 takes. */
export type LanguageModelV4 = LanguageModel<"v4", GenerateResult, StreamPart>;

/** A provider for `ai` 7. */
export type Acc<Named extends Clients = Clients> = Provider<Named, LanguageModelV4> & {
  readonly specificationVersion: "v4";
};

/**
 * Makes clients, chains too, language models of the AI SDK, for `ai` 7 in its own version.
 *
 * @param clients By the names that models are asked for: `acc("claude")`, `acc("claude/claude-sonnet-5-5")`.
 * @throws `DualModeError` `INVALID_REQUEST` for what is no client
 */
export function createAcc<const Named extends Clients>(clients: Named): Acc<Named> {
  const specificationVersion = "v4" as const;
  const provider = createProvider(
    clients,
    (source, modelId): LanguageModelV4 => ({
      specificationVersion,
      provider: "acc",
      modelId,
      supportedUrls: {},
      doGenerate: (options) => generate(source, options),
      doStream: async (options) => ({ stream: await openStream(source, options) }),
    }),
  );
  return Object.assign(provider, { specificationVersion });
}
