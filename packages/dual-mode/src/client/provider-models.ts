import type { ListOptions, ProviderModels } from "../contract/client.ts";
import type { Code } from "../contract/code.ts";
import { resolveBaseUrl } from "../credentials/resolve-base-url.ts";
import { usableModels } from "../engine/usable-models.ts";
import { DualModeError } from "../error.ts";
import { type CallFrame, type CallParts, openListing } from "./open-call.ts";

/**
 * Codes of what the caller did, which are thrown; any other error is returned with the known
 * models.
 */
const callersOwn: ReadonlySet<Code> = new Set(["ABORTED", "CLOSED"]);

/**
 * Returns the models of a provider: those that its package knows, and those that its vendor lists.
 */
export async function providerModels<Options extends object>(
  parts: CallParts<Options>,
  asked: ListOptions,
  bounds: Omit<CallFrame, "hold">,
): Promise<ProviderModels> {
  const { provider, options } = parts;
  const own = {
    provider: provider.name,
    model: options.model ?? provider.defaultModel,
    known: provider.models ?? [],
  };
  try {
    const baseUrl = resolveBaseUrl(provider, options.baseUrl, process.env);
    return { ...own, usable: await usableModels(openListing(parts, asked, bounds, baseUrl)) };
  } catch (error) {
    if (!DualModeError.is(error) || callersOwn.has(error.code)) throw error;
    return { ...own, error };
  }
}
