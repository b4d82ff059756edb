import type { ProviderSetting } from "./provider-setting.ts";
import { shownAddress } from "./shown-address.ts";

/**
 * A provider's setting as it may be shown: of headers only the names, since a value may be secret.
 */
export function shownSetting({ headers, baseUrl, ...rest }: ProviderSetting): ProviderSetting {
  const hidden = Object.keys(headers ?? {}).map((name) => [name, "[redacted]"]);
  return {
    ...rest,
    ...(baseUrl !== undefined && { baseUrl: shownAddress(baseUrl) }),
    ...(headers && { headers: Object.fromEntries(hidden) }),
  };
}

/** What the provider is like, in a few words. */
export function describeSetting({ like, compatible }: ProviderSetting): string {
  return like === undefined ? `compatible with ${compatible}` : `like ${like}`;
}
