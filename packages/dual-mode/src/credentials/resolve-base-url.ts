import { retainValue } from "@acc/secrets/redact";
import type { Provider } from "../contract/provider.ts";
import { DualModeError } from "../error.ts";

/** Where the calls of a client go, and who said so. */
export interface BaseUrl {
  readonly url: string;
  readonly source: string;
}

/**
 * The option, else the first of the provider's variables that is set, else the vendor's own.
 * @throws {@link DualModeError} `INVALID_REQUEST` for one that is no http or https URL, unshown
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

/** URLs of this process that were found right: each is looked at once. */
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

/** What is put behind a fragment is not sent, and a URL's parser drops tabs and line breaks. */
const endsOtherwise = /[#\t\r\n]/;

/** A password in it is a secret as any other: of a short one, what is around it is hidden too. */
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
