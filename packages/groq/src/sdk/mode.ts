import type { CanonicalRequest, Part, ProviderMode, RunContext } from "@acc/dual-mode/provider";
import type { GroqOptions } from "../options.ts";
import { supports } from "../supports.ts";
import { toBody } from "./body.ts";
import { openClient } from "./client.ts";
import { toError } from "./error.ts";
import { listModels } from "./list-models.ts";
import { toParts } from "./parts.ts";

/** Groq through groq-sdk. */
export const sdk: ProviderMode<GroqOptions> = {
  credentials: ["key"],
  supports,
  probe: async () => ({ available: true }),
  run,
  listModels,
};

async function* run(
  request: CanonicalRequest,
  context: RunContext<GroqOptions>,
): AsyncGenerator<Part> {
  const { signal } = context;
  try {
    const client = await openClient(context);
    yield* toParts(await client.chat.completions.create(toBody(request), { signal }));
  } catch (error) {
    signal.throwIfAborted();
    throw toError(error);
  }
}
