import type { ProviderStatus } from "../contract/client.ts";
import type { Logger } from "../contract/provider.ts";
import { findKeys } from "../credentials/find-keys.ts";
import { resolveBaseUrl } from "../credentials/resolve-base-url.ts";
import { shownUrl } from "../credentials/shown-url.ts";
import { unlessAborted } from "../engine/timers.ts";
import type { CallParts } from "./open-call.ts";

/** Looks at every mode of a provider, without a call. */
export async function providerStatus<Options extends object>(
  { provider, options, modes }: CallParts<Options>,
  signal: AbortSignal,
  logger: Logger,
): Promise<ProviderStatus> {
  const [cli, sdk, { keys, refused }] = await Promise.all([
    provider.cli && modes.probe("cli", signal, logger),
    provider.sdk && modes.probe("sdk", signal, logger),
    unlessAborted(signal, findKeys(provider, options)),
  ]);
  const baseUrl = resolveBaseUrl(provider, options.baseUrl, process.env);
  return {
    provider: provider.id,
    model: options.model ?? provider.defaultModel,
    keys: keys.map(({ source }) => ({ source })),
    ...(refused.length > 0 && {
      refusedKeys: refused.map(({ credential, reason }) => ({ source: credential, reason })),
    }),
    ...(provider.credential && { credential: provider.credential }),
    ...(cli && { cli }),
    ...(sdk && { sdk }),
    ...(baseUrl && { baseUrl: { ...baseUrl, url: shownUrl(baseUrl.url) } }),
  };
}
