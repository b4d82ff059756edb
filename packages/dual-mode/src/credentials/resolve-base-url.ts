import type { Provider } from "../contract/provider.ts";

/** Where the calls of a client go, and who said so. */
export interface BaseUrl {
  readonly url: string;
  readonly source: string;
}

/** The option, else the first of the provider's variables that is set, else the vendor's own. */
export function resolveBaseUrl(
  provider: Pick<Provider, "baseUrl">,
  option: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): BaseUrl | undefined {
  if (option !== undefined) return { url: withoutSlash(option), source: "option" };
  for (const name of provider.baseUrl?.env ?? []) {
    const url = env[name]?.trim();
    if (url) return { url: withoutSlash(url), source: `env:${name}` };
  }
  return undefined;
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, "");
}
