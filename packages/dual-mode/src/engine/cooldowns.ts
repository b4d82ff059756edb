import type { Secret } from "@acc/secrets";
import type { Code } from "../contract/code.ts";
import type { Mode } from "../contract/mode.ts";
import type { RouteCredential } from "../contract/provider.ts";
import type { DualModeError } from "../error.ts";
import { sha256 } from "../sha256.ts";
import type { Failure } from "./attempt.ts";

/** Why a route is left alone. */
interface Cooldown {
  readonly failure: Failure;
  /** On the clock of `performance.now()`. */
  readonly until: number;
}

/** A route that is left alone, why, and for how many milliseconds more. */
export interface Cooling extends Omit<Failure, "message"> {
  readonly reason: string;
  readonly wait: number;
  /** False where nothing has failed, and others are before the call. @default true */
  readonly failed?: boolean;
}

/**
 * Milliseconds that a route rests after a failure of its kind, where the vendor named no time. A rate
 * limit is not among them: calls queue for it.
 */
const restFor: Readonly<Partial<Record<Code, number>>> = {
  AUTHENTICATION_FAILED: 60_000,
  QUOTA_EXHAUSTED: 300_000,
  MODEL_NOT_FOUND: 60_000,
};

/** Milliseconds: however long a vendor's limit lasts, a day later the route is tried again. */
const longestRest = 24 * 3_600_000;

/** Refusals of a credential alone; limits, credit and permissions may differ from model to model. */
const ofEveryModel: ReadonlySet<Code> = new Set<Code>(["AUTHENTICATION_FAILED"]);

/** Whether a refusal is of the credential, whatever the model. */
export function blamesEveryModel(code: Code): boolean {
  return ofEveryModel.has(code);
}

/** Where a route leads: the same everywhere in the process. */
export interface RouteTarget {
  readonly provider: string;
  readonly baseUrl: string | undefined;
  readonly model: string;
  readonly mode: Mode;
  readonly credential: RouteCredential;
  /** Which CLI, and with whose login, a route in CLI mode runs. */
  readonly cliPlace: string;
}

const shared = Symbol.for("@acc/dual-mode.cooldowns@1");

function cooldowns(): Map<string, Cooldown> {
  const host = globalThis as { [shared]?: Map<string, Cooldown> };
  host[shared] ??= new Map();
  return host[shared];
}

export function startCooldown(
  target: RouteTarget,
  failure: Failure & Partial<Pick<DualModeError, "cooldown">>,
  now: number,
): void {
  const { code, message, fix, status, requestId, cooldown, retryAfter } = failure;
  const usual = restFor[code];
  if (usual === undefined || cooldown === 0) return;
  const rest = Math.min(cooldown ?? retryAfter ?? usual, longestRest);
  const model = ofEveryModel.has(code) ? "" : target.model;
  const all = cooldowns();
  for (const [key, { until }] of all) if (until <= now) all.delete(key);
  all.set(`${targetIdentity(target)} ${model}`, {
    failure: { code, message, fix, status, requestId },
    until: now + rest,
  });
}

/** The rest that a route still has to take, if any. */
export function coolingOf(target: RouteTarget, now: number): Cooling | undefined {
  const all = cooldowns();
  if (all.size === 0) return undefined;
  for (const model of ["", target.model]) {
    const key = `${targetIdentity(target)} ${model}`;
    const cooldown = all.get(key);
    if (cooldown === undefined) continue;
    if (cooldown.until > now) {
      const { message: reason, ...failure } = cooldown.failure;
      return { ...failure, reason, wait: cooldown.until - now };
    }
    all.delete(key);
  }
  return undefined;
}

/** The same for every model. */
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

/** Tells two routes of one call apart. */
export function routeIdentity({
  mode,
  credential,
}: Pick<RouteTarget, "mode" | "credential">): string {
  return `${mode} ${credentialIdentity(credential)}`;
}

const identities = new WeakMap<Secret, string>();

/** Tells two credentials apart without showing either. */
export function credentialIdentity(credential: RouteCredential): string {
  if (credential.kind !== "key") return credential.kind;
  const { secret } = credential;
  const known = identities.get(secret);
  if (known !== undefined) return known;
  const identity = sha256(secret.reveal()).toString("base64url");
  identities.set(secret, identity);
  return identity;
}
