import type { Provider } from "../contract/provider.ts";
import { DualModeError } from "../error.ts";

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
    if (!url) continue;
    if (!URL.canParse(url)) throw notAUrl(name);
    return { url: withoutSlash(url), source: `env:${name}` };
  }
  return undefined;
}

function notAUrl(variable: string): DualModeError {
  return new DualModeError("INVALID_REQUEST", `The variable ${variable} holds no URL.`, {
    fix: `Set ${variable} to an http or https URL, or unset it.`,
  });
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, "");
}
