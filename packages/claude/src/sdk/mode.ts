import type { CanonicalRequest, Part, ProviderMode, RunContext } from "@acc/dual-mode/provider";
import type { ClaudeOptions } from "../options.ts";
import { toBody } from "./body.ts";
import { openClient } from "./client.ts";
import { toError } from "./error.ts";
import { listModels } from "./list-models.ts";
import { toParts } from "./parts.ts";

/** Claude through @anthropic-ai/sdk. The API's version has no temperature and no topP. */
export const sdk: ProviderMode<ClaudeOptions> = {
  credentials: ["key"],
  supports: [
    "system",
    "multiTurn",
    "stop",
    "maxOutputTokens",
    "reasoning",
    "schema",
    "tools",
    "images",
  ],
  probe: async () => ({ available: true }),
  run,
  listModels,
};

async function* run(
  request: CanonicalRequest,
  context: RunContext<ClaudeOptions>,
): AsyncGenerator<Part> {
  const { signal } = context;
  try {
    const client = await openClient(context);
    yield* toParts(await client.messages.create(toBody(request), { signal }));
  } catch (error) {
    signal.throwIfAborted();
    throw toError(error);
  }
}
