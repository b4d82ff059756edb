import type { Code } from "../contract/code.ts";
import type { Failure } from "../contract/failure.ts";
import type { SharedCredential } from "../contract/shared-state.ts";
import { type RouteTarget, targetIdentity } from "../credentials/route-identity.ts";
import type { DualModeError } from "../error.ts";

/** A cooldown of a route, and its reason. */
interface Cooldown {
  readonly failure: Failure;
  /** On the clock of `performance.now()`. */
  readonly until: number;
}

/** A route in a cooldown, with the reason, and `wait` in ms until its end. */
export interface Cooling extends Omit<Failure, "message"> {
  readonly reason: string;
  readonly wait: number;
  /**
   * False if nothing has failed, and the route only has a queue of other calls.
   *
   * @default true
   */
  readonly failed?: boolean;
}

/**
 * The cooldown of a route in ms after each kind of failure, if the vendor named no time. A rate
 * limit is not among them, because calls wait in a queue for it.
 */
const cooldownFor: Readonly<Partial<Record<Code, number>>> = {
  AUTHENTICATION_FAILED: 60_000,
  QUOTA_EXHAUSTED: 300_000,
  MODEL_NOT_FOUND: 60_000,
};

/** In ms: however long a vendor's limit lasts, the route is tried again after a day. */
const longestCooldown = 24 * 3_600_000;

/**
 * Refusals that apply to the credential for all models; limits, credit and permissions may differ
 * between models.
 */
const ofEveryModel: ReadonlySet<Code> = new Set<Code>(["AUTHENTICATION_FAILED"]);

/** Whether a refusal applies to the credential for all models. */
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

/** Returns the cooldown of a route that another machine started, if there is one. */
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

/** Returns the cooldown of a route, if there is one. */
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
