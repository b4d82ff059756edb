import type { ProviderSetting } from "./provider-setting.ts";
import { shownAddress } from "./shown-address.ts";

/** What may be shown of a provider's setting: of headers the names alone, for a value may be a secret. */
export function shownSetting({ headers, baseUrl, ...rest }: ProviderSetting): ProviderSetting {
  const hidden = Object.keys(headers ?? {}).map((name) => [name, "[redacted]"]);
  return {
    ...rest,
    ...(baseUrl !== undefined && { baseUrl: shownAddress(baseUrl) }),
    ...(headers && { headers: Object.fromEntries(hidden) }),
  };
}

/** Whom a setting is about, in a few words. */
export function describeSetting({ like, compatible }: ProviderSetting): string {
  return like === undefined ? `compatible with ${compatible}` : `like ${like}`;
}
