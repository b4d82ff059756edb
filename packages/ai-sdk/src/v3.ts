import { generate } from "./answer/generate.ts";
import { openStream } from "./answer/open-stream.ts";
import type { GenerateResult } from "./contract/answer.ts";
import type { LanguageModel } from "./contract/language-model.ts";
import type { Clients, Provider } from "./contract/provider.ts";
import type { StreamPart } from "./contract/stream-part.ts";
import { createProvider } from "./create-provider.ts";

/** What `ai` 6 and 7 take. */
export type LanguageModelV3 = LanguageModel<"v3", GenerateResult, StreamPart>;

/** A provider for `ai` 6 and 7. */
export type Acc<Named extends Clients = Clients> = Provider<Named, LanguageModelV3> & {
  readonly specificationVersion: "v3";
};

/**
 * Makes clients, chains too, language models of the AI SDK, for `ai` 6 and 7.
 *
 * @param clients By the names that models are asked for: `acc("claude")`, `acc("claude/claude-sonnet-5-5")`.
 * @throws `DualModeError` `INVALID_REQUEST` for what is no client
 */
export function createAcc<const Named extends Clients>(clients: Named): Acc<Named> {
  const specificationVersion = "v3" as const;
  const provider = createProvider(
    clients,
    (source, modelId): LanguageModelV3 => ({
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
