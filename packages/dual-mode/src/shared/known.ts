import type { SharedCooldown } from "../contract/shared-state.ts";
import { isMembers } from "../foreign/guards.ts";
import { LearnedLimit } from "../pace/learned-limit.ts";
import { type LearnedState, nothingLearned } from "../pace/learned-state.ts";
import { ModelLimits } from "../pace/model-limits.ts";
import { nothingTold, ToldLimit, type ToldState } from "../pace/told-limit.ts";

/** The version of the stored form; a cell with any other version is ignored. */
const form = 1;

/** How long a cell is kept at least after it was last written, in ms. */
const shortestLife = 600_000;
/** How long calls are counted before any limit is known, in ms. */
const counted = 60_000;
/** The most models whose limits, and cooldowns, are kept: their names come from callers. */
const mostModels = 256;

/** Everything that machines share about one key. Times are on the clock of Redis. */
export interface Known {
  readonly limits: Map<string, ModelLimits>;
  readonly cooldowns: Map<string, SharedCooldown>;
}

export function limitsIn({ limits }: Known, model: string): ModelLimits {
  const found = limits.get(model) ?? new ModelLimits();
  limits.set(model, found);
  return found;
}

/**
 * Reads a cell. One that this package did not write counts as empty: limits are then learned again.
 */
export function readKnown(text: string): Known {
  const known: Known = { limits: new Map(), cooldowns: new Map() };
  const found = parsed(text);
  if (!isMembers(found) || found.form !== form) return known;
  for (const [model, state] of entries(found.limits)) {
    if (!isMembers(state)) continue;
    const learned = restored<LearnedState>(nothingLearned(), state.learned);
    const told = entries(state.told).map(
      ([name, one]) => [name, new ToldLimit(restored<ToldState>(nothingTold(), one))] as const,
    );
    known.limits.set(model, new ModelLimits(new LearnedLimit(Math.random, learned), new Map(told)));
  }
  for (const [name, cooldown] of entries(found.cooldowns)) {
    if (isCooldown(cooldown)) known.cooldowns.set(name, cooldown);
  }
  return known;
}

/** Writes a cell, without entries that are over. */
export function writeKnown(
  { limits, cooldowns }: Known,
  now: number,
): { readonly text: string; readonly life: number } {
  const live = [...limits]
    .filter(
      ([, { learned, told }]) =>
        !learned.isForgettable(now) ||
        now - learned.state.begun < counted ||
        [...told.values()].some(({ state }) => state.whole > now),
    )
    .sort(([, one], [, other]) => other.learned.state.begun - one.learned.state.begun)
    .slice(0, mostModels);
  const cooling = [...cooldowns]
    .filter(([, { until }]) => until > now)
    .sort(([, one], [, other]) => other.until - one.until)
    .slice(0, mostModels);
  const ends = [
    ...live.map(([, { blockedUntil }]) => blockedUntil),
    ...cooling.map(([, c]) => c.until),
  ];
  const text = JSON.stringify({
    form,
    limits: Object.fromEntries(
      live.map(([model, { learned, told }]) => {
        const each = [...told].map(([name, { state }]) => [name, state]);
        return [model, { learned: learned.state, told: Object.fromEntries(each) }];
      }),
    ),
    cooldowns: Object.fromEntries(cooling),
  });
  return { text, life: shortestLife + Math.max(0, ...ends.map((end) => end - now)) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function entries(value: unknown): [string, unknown][] {
  return isMembers(value) ? Object.entries(value) : [];
}

/** JSON has no Infinity: a missing value, or one of another type, keeps its initial value. */
function restored<T extends object>(fresh: T, found: unknown): T {
  if (!isMembers(found)) return fresh;
  for (const [name, value] of Object.entries(found)) {
    // In a foreign text, "__proto__" would reach the prototype.
    if (!Object.hasOwn(fresh, name)) continue;
    const before: unknown = Reflect.get(fresh, name);
    const isNumber =
      typeof value === "number" && (before === undefined || typeof before === "number");
    if (isNumber || (typeof value === "boolean" && typeof before === "boolean")) {
      Reflect.set(fresh, name, value);
    } else if (isMembers(before)) {
      restored(before, value);
    }
  }
  return fresh;
}

function isCooldown(value: unknown): value is SharedCooldown {
  if (!isMembers(value) || typeof value.until !== "number" || !isMembers(value.failure))
    return false;
  return typeof value.failure.code === "string" && typeof value.failure.message === "string";
}
