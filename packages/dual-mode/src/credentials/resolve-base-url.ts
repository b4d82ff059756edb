import { retainValue } from "@acc/secrets/redact";
import type { Provider } from "../contract/provider.ts";
import { DualModeError } from "../error.ts";

/** A base URL, and where it was set. */
export interface BaseUrl {
  readonly url: string;
  readonly source: string;
}

/**
 * Returns the base URL from the option, or else from the first of the provider's variables that is
 * set; undefined for the vendor's own address.
 *
 * @throws {@link DualModeError} `INVALID_REQUEST` if it is not an http or https URL; the error does
 * not show it
 */
export function resolveBaseUrl(
  provider: Pick<Provider, "baseUrl">,
  given: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
): BaseUrl | undefined {
  if (given !== undefined) return { url: checked(given, option), source: "option" };
  for (const name of provider.baseUrl?.env ?? []) {
    const url = env[name]?.trim();
    if (url) return { url: checked(url, name), source: `env:${name}` };
  }
  return undefined;
}

const option = "options.baseUrl";

/** URLs that this process has checked, so that each is checked only once. */
const known = new Map<string, string>();
const mostKnown = 1000;

function checked(given: string, name: string): string {
  const before = known.get(given);
  if (before !== undefined) return before;
  const text = given.trim();
  const parsed = URL.canParse(text) ? new URL(text) : undefined;
  if (parsed === undefined || !/^https?:$/.test(parsed.protocol)) throw notAUrl(name);
  keepSecret(parsed);
  if (endsOtherwise.test(text)) throw notABase(name);
  const url = text.replace(/\/+$/, "");
  if (known.size >= mostKnown) known.clear();
  known.set(given, url);
  return url;
}

/** Text after a fragment is not sent, and a URL's parser drops tabs and line breaks. */
const endsOtherwise = /[#\t\r\n]/;

/**
 * A password in a URL is treated as a secret. A short one is also hidden together with the text
 * around it.
 */
function keepSecret({ username, password }: URL): void {
  if (password === "") return;
  for (const value of [password, `${username}:${password}`, `${username}:${password}@`]) {
    retainValue(value);
    retainValue(decoded(value));
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function notABase(name: string): DualModeError {
  const what = "a fragment (#), a tab or a line break, which no base URL has";
  return new DualModeError("INVALID_REQUEST", `${subjectOf(name)} holds ${what}.`, {
    fix: `Set ${name} to the URL without it.`,
  });
}

function subjectOf(name: string): string {
  return name === option ? name : `The variable ${name}`;
}

function notAUrl(name: string): DualModeError {
  const subject = subjectOf(name);
  return new DualModeError("INVALID_REQUEST", `${subject} holds no http or https URL.`, {
    fix: `Set ${name} to an http or https URL, or ${name === option ? "leave it out" : "unset it"}.`,
  });
}
