/** Patterns of credentials that vendors issue, or that occur in a URL or a header. */
const LOOKS: ReadonlyMap<string, RegExp> = new Map([
  ["an API key", /\b(?:sk-|gsk_|xai-|hf_|r8_|pplx-|[sr]k_live_)[\w-]{20,}/g],
  ["a Google API key", /\bAIza[\w-]{35}/g],
  ["an AWS key id", /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/g],
  ["a GitHub or GitLab token", /\b(?:gh[opsur]_|github_pat_|glpat-)[\w-]{20,}/g],
  ["a Slack token", /\bxox[abeoprs]-[\w-]{10,}/g],
  ["a JSON Web Token", /\beyJ[\w-]{10,2048}\.[\w-]{10,8192}\.[\w-]{10,}/g],
  ["a bearer token", /\bBearer [\w.~+/=-]{16,}/g],
  ["a private key", /-----BEGIN [A-Z ]{0,20}PRIVATE KEY-----/g],
  ["an address with a password", /:\/\/[^\s/:@"]{0,256}:[^\s/@"]{1,256}@/g],
  ["an address with a key", /[?&](?:api[-_]?key|key|access_token|token|sig)=[\w.~%-]{8,}/gi],
]);

/** Names of members whose string is always a credential. */
const MEMBERS =
  /^(?:(?:proxy-)?authorization|(?:set-)?cookie|x-(?:goog-)?api-key|api[-_]?key|(?:access|refresh)_token|client_secret)$/i;

/** Names of environment variables that contain credentials. */
const VARIABLES = /(?:KEY|TOKEN|SECRET|PASSWORD|PASSPHRASE)$/i;
const SHORTEST = 8;

/** A credential found in a value, and its place, such as `request.options.headers`. */
export interface FoundCredential {
  readonly path: string;
  readonly what: string;
}

export function findCredential(value: unknown, path: string): FoundCredential | undefined {
  if (typeof value === "string") {
    const what = credentialIn(value);
    return what === undefined ? undefined : { path, what };
  }
  if (typeof value !== "object" || value === null) return undefined;
  for (const [name, member] of Object.entries(value)) {
    const place = Array.isArray(value) ? `${path}[${name}]` : `${path}.${name}`;
    if (MEMBERS.test(name) && typeof member === "string" && member.length >= SHORTEST) {
      return { path: place, what: "a credential by its name" };
    }
    const what = credentialIn(name);
    const found = what === undefined ? findCredential(member, place) : { path, what };
    if (found) return found;
  }
  return undefined;
}

/** Returns the text with everything that looks like a credential redacted. */
export function withoutCredentials(text: string): string {
  let shown = text;
  for (const look of LOOKS.values()) shown = shown.replace(look, "[redacted]");
  for (const [, value] of ofEnvironment()) shown = shown.replaceAll(value, "[redacted]");
  return shown;
}

function credentialIn(text: string): string | undefined {
  if (text.length < SHORTEST) return undefined;
  for (const [what, look] of LOOKS) if (text.search(look) >= 0) return what;
  for (const [name, value] of ofEnvironment())
    if (text.includes(value)) return `what ${name} holds`;
  return undefined;
}

function ofEnvironment(): readonly (readonly [string, string])[] {
  return Object.entries(process.env).flatMap(([name, value = ""]) =>
    VARIABLES.test(name) && value.length >= SHORTEST ? [[name, value] as const] : [],
  );
}
