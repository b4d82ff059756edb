import type { Secret } from "@acc/secrets";
import type { Mode } from "../contract/mode.ts";
import type { RouteCredential } from "../contract/mode-context.ts";
import { sha256 } from "../sha256.ts";

/** The destination of a route, which is the same everywhere in the process. */
export interface RouteTarget {
  readonly provider: string;
  readonly baseUrl: string | undefined;
  readonly model: string;
  readonly mode: Mode;
  readonly credential: RouteCredential;
  /** Identifies the CLI and its login, for a route in CLI mode. */
  readonly cliPlace: string;
}

/** Identifies a destination for all models. */
export function targetIdentity({
  provider,
  baseUrl,
  mode,
  credential,
  cliPlace,
}: Omit<RouteTarget, "model">): string {
  const place = mode === "cli" ? cliPlace : "";
  return JSON.stringify([provider, baseUrl ?? "", mode, credentialIdentity(credential), place]);
}

/** Distinguishes two routes of one call. */
export function routeIdentity({
  mode,
  credential,
}: Pick<RouteTarget, "mode" | "credential">): string {
  return `${mode} ${credentialIdentity(credential)}`;
}

const identities = new WeakMap<Secret, string>();

/** Distinguishes two credentials without revealing either. */
export function credentialIdentity(credential: RouteCredential): string {
  if (credential.kind !== "key") return credential.kind;
  const { secret } = credential;
  const known = identities.get(secret);
  if (known !== undefined) return known;
  const identity = sha256(secret.reveal()).toString("base64url");
  identities.set(secret, identity);
  return identity;
}
