import { type ParseFault, roleFault } from "./role-fault.ts";

/** The proxy in front of the server, which authenticates people. */
export interface ProxySetting {
  readonly header: string;
  readonly jwks: string;
  readonly issuer: string;
  readonly audience: string;
  readonly groups?: string;
}

/** The OpenID Connect provider at which people sign in. */
export interface OidcSetting {
  readonly issuer: string;
  readonly clientId: string;
  /** The name of the secret that holds the client secret. */
  readonly clientSecret: string;
  readonly scopes?: readonly string[];
  readonly groups?: string;
  readonly trustEmail?: boolean;
}

export interface PeopleSetting {
  readonly proxy?: ProxySetting;
  readonly oidc?: OidcSetting;
  readonly roles: Readonly<Record<string, "admin" | "viewer" | ("page" | "keys" | "texts")[]>>;
}

/** The member `serve` of the config file, checked. */
export interface ServeSetting {
  /** The URL at which people reach the server, such as "https://acc.example.com". */
  readonly url?: string;
  /** The file of the audit, or "stderr". */
  readonly audit?: string;
  readonly people?: PeopleSetting;
}

const proxyMembers = ["header", "jwks", "issuer", "audience", "groups"];
const oidcMembers = ["issuer", "clientId", "clientSecret", "scopes", "groups", "trustEmail"];

/** The first fault of the setting, and where it is. */
export function serveFault(setting: unknown): ParseFault | undefined {
  if (!isObject(setting)) return at("must be an object");
  const { url, people } = setting;
  const fault = unknownIn(setting, ["url", "audit", "people"]) ?? wrongIn(setting, ["audit"]);
  if (fault) return fault;
  if (url !== undefined && !isOrigin(url))
    return at(`must be an ${address}, without a path`, "url");
  if (people === undefined) return undefined;
  const inside = peopleFault(people);
  if (inside) return { ...inside, place: ["people", ...inside.place] };
  const needsUrl = isObject(people) && people.oidc !== undefined && url === undefined;
  return needsUrl ? at('needs "url", where people reach the server') : undefined;
}

function peopleFault(people: unknown): ParseFault | undefined {
  if (!isObject(people)) return at("must be an object");
  const { proxy, oidc, roles } = people;
  const unknown = unknownIn(people, ["proxy", "oidc", "roles"]);
  if (unknown) return unknown;
  if ((proxy === undefined) === (oidc === undefined)) {
    return at('needs a "proxy" or an "oidc", one of them');
  }
  const name = proxy === undefined ? "oidc" : "proxy";
  const inside = proxy === undefined ? oidcFault(oidc) : proxyFault(proxy);
  if (inside) return { ...inside, place: [name, ...inside.place] };
  return roleFault(roles);
}

function proxyFault(proxy: unknown): ParseFault | undefined {
  if (!isObject(proxy)) return at("must be an object");
  const needed = ["header", "jwks", "issuer", "audience"];
  const fault = unknownIn(proxy, proxyMembers) ?? missingIn(proxy, needed);
  if (fault) return fault;
  if (!isAddress(proxy.jwks)) return at(`must be an ${address}`, "jwks");
  return wrongIn(proxy, proxyMembers);
}

function oidcFault(oidc: unknown): ParseFault | undefined {
  if (!isObject(oidc)) return at("must be an object");
  const needed = ["issuer", "clientId", "clientSecret"];
  const fault = unknownIn(oidc, oidcMembers) ?? missingIn(oidc, needed);
  if (fault) return fault;
  const { issuer, clientSecret, scopes, trustEmail } = oidc;
  if (!isAddress(issuer)) return at(`must be an ${address}`, "issuer");
  if (!/^[a-z_][a-z0-9_]*$/i.test(String(clientSecret))) {
    const what = "must be the name of a secret: keep it with acc secrets set, not in the file";
    return at(what, "clientSecret");
  }
  if (scopes !== undefined && !(Array.isArray(scopes) && scopes.every(isText))) {
    return at("must be a list of scopes", "scopes");
  }
  if (trustEmail !== undefined && typeof trustEmail !== "boolean") {
    return at("must be true or false", "trustEmail");
  }
  return wrongIn(oidc, ["clientId", "groups"]);
}

const address = "address that begins with https:// (http:// on this machine alone)";

function unknownIn(setting: object, known: readonly string[]): ParseFault | undefined {
  const name = Object.keys(setting).find((each) => !known.includes(each));
  return name === undefined ? undefined : at(`is none of ${known.join(", ")}`, name);
}

function missingIn(setting: Setting, names: readonly string[]): ParseFault | undefined {
  const name = names.find((each) => setting[each] === undefined);
  return name === undefined ? undefined : at(`needs ${names.join(", ")}; ${name} is not there`);
}

function wrongIn(setting: Setting, names: readonly string[]): ParseFault | undefined {
  const name = names.find((each) => setting[each] !== undefined && !isText(setting[each]));
  return name === undefined ? undefined : at("must be a text that is not empty", name);
}

function at(what: string, ...place: string[]): ParseFault {
  return { place, what };
}

type Setting = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Setting {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value.trim() !== "";
}

function isAddress(value: unknown): boolean {
  if (typeof value !== "string" || !URL.canParse(value)) return false;
  const { protocol, hostname } = new URL(value);
  const isHere = /^(localhost|\[::1\]|127(\.\d{1,3}){3})$/.test(hostname);
  return protocol === "https:" || (protocol === "http:" && isHere);
}

function isOrigin(value: unknown): boolean {
  return isAddress(value) && new URL(String(value)).origin === value;
}
