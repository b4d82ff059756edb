import { generate } from "./answer/generate.ts";
import { openStream } from "./answer/open-stream.ts";
import { type GenerateResultV2, type StreamPartV2, toResultV2, toStreamV2 } from "./answer/v2.ts";
import type { LanguageModel } from "./contract/language-model.ts";
import type { Clients, Provider } from "./contract/provider.ts";
import { createProvider } from "./create-provider.ts";

/** A language model for `ai` 5. */
export type LanguageModelV2 = LanguageModel<"v2", GenerateResultV2, StreamPartV2>;

/** A provider for `ai` 5. */
export type Acc<Named extends Clients = Clients> = Provider<Named, LanguageModelV2>;

/**
 * Makes clients, chains too, language models of the AI SDK, for `ai` 5.
 *
 * @param clients Clients by the names for their models: `acc("claude")`, `acc("claude/claude-sonnet-5-5")`.
 * @throws `DualModeError` `INVALID_REQUEST` for a value that is not a client
 */
export function createAcc<const Named extends Clients>(clients: Named): Acc<Named> {
  return createProvider(
    clients,
    (source, modelId): LanguageModelV2 => ({
      specificationVersion: "v2",
      provider: "acc",
      modelId,
      supportedUrls: {},
      doGenerate: async (options) => toResultV2(await generate(source, options)),
      doStream: async (options) => ({ stream: toStreamV2(await openStream(source, options)) }),
    }),
  );
}
