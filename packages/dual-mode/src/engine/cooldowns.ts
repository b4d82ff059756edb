import type { Code } from "../contract/code.ts";
import type { Failure } from "../contract/failure.ts";
import type { SharedCredential } from "../contract/shared-state.ts";
import { type RouteTarget, targetIdentity } from "../credentials/route-identity.ts";
import type { DualModeError } from "../error.ts";

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
 * Milliseconds that a route is left alone after a failure of its kind, where the vendor named no time. A rate
 * limit is not among them: calls queue for it.
 */
const cooldownFor: Readonly<Partial<Record<Code, number>>> = {
  AUTHENTICATION_FAILED: 60_000,
  QUOTA_EXHAUSTED: 300_000,
  MODEL_NOT_FOUND: 60_000,
};

/** Milliseconds: however long a vendor's limit lasts, a day later the route is tried again. */
const longestCooldown = 24 * 3_600_000;

/** Refusals of a credential alone; limits, credit and permissions may differ from model to model. */
const ofEveryModel: ReadonlySet<Code> = new Set<Code>(["AUTHENTICATION_FAILED"]);

/** Whether a refusal is of the credential, whatever the model. */
export function blamesEveryModel(code: Code): boolean {
  return ofEveryModel.has(code);
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
  shared?: SharedCredential,
): void {
  const { code, message, fix, status, requestId, cooldown, retryAfter } = failure;
  const usual = cooldownFor[code];
  if (usual === undefined || cooldown === 0) return;
  const lasts = Math.min(cooldown ?? retryAfter ?? usual, longestCooldown);
  const model = ofEveryModel.has(code) ? "" : target.model;
  const all = cooldowns();
  for (const [key, { until }] of all) if (until <= now) all.delete(key);
  const started = { failure: { code, message, fix, status, requestId }, until: now + lasts };
  all.set(`${targetIdentity(target)} ${model}`, started);
  shared?.cool(target.mode, model, started);
}

/** The same of what other machines were told. */
export function sharedCooling(
  shared: SharedCredential,
  { mode, model }: RouteTarget,
  now: number,
): Cooling | undefined {
  const cooldown = shared.cooling(mode, "") ?? shared.cooling(mode, model);
  return cooldown && coolingUntil(cooldown, now);
}

function coolingUntil({ failure: { message: reason, ...failure }, until }: Cooldown, now: number) {
  return { ...failure, reason, wait: until - now };
}

/** How long a route is still left alone, if at all. */
export function coolingOf(target: RouteTarget, now: number): Cooling | undefined {
  const all = cooldowns();
  if (all.size === 0) return undefined;
  for (const model of ["", target.model]) {
    const key = `${targetIdentity(target)} ${model}`;
    const cooldown = all.get(key);
    if (cooldown === undefined) continue;
    if (cooldown.until > now) return coolingUntil(cooldown, now);
    all.delete(key);
  }
  return undefined;
}
