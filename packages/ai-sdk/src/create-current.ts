import { generate } from "./answer/generate.ts";
import { openStream } from "./answer/open-stream.ts";
import type { GenerateResult } from "./contract/answer.ts";
import type { LanguageModel } from "./contract/language-model.ts";
import type { Clients, Provider } from "./contract/provider.ts";
import type { StreamPart } from "./contract/stream-part.ts";
import { createProvider } from "./create-provider.ts";

/** A model of version 3 or 4, which have the same options and results. */
export type CurrentModel<Version extends string> = LanguageModel<
  Version,
  GenerateResult,
  StreamPart
>;

/** A provider of version 3 or 4. */
export type CurrentProvider<Named extends Clients, Version extends string> = Provider<
  Named,
  CurrentModel<Version>
> & { readonly specificationVersion: Version };

/** @throws `DualModeError` `INVALID_REQUEST` for a value that is not a client */
export function createCurrent<Named extends Clients, Version extends "v3" | "v4">(
  clients: Named,
  specificationVersion: Version,
): CurrentProvider<Named, Version> {
  const provider = createProvider(
    clients,
    (source, modelId): CurrentModel<Version> => ({
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
