import type { SharedCredential, SharedState } from "../contract/shared-state.ts";
import { credentialIdentity, type RouteTarget } from "../credentials/route-identity.ts";
import { processWide } from "../host/process-wide.ts";
import { Lane } from "./lane.ts";

/** The number of lanes at which unused ones are first removed. */
const manyLanes = 256;

interface Lanes {
  readonly all: Map<string, Lane>;
  sweepAt: number;
  tickets: number;
}

const lanes: Lanes = processWide("lanes", () => ({
  all: new Map(),
  sweepAt: manyLanes,
  tickets: 0,
}));

/**
 * The target of a credential, for all modes and models: a vendor's limits apply to the credential.
 */
export type LaneTarget = Pick<
  RouteTarget,
  "provider" | "baseUrl" | "mode" | "credential" | "cliPlace"
>;

/** Returns the lane of a credential, which all clients of the process share. */
export function laneOf(target: LaneTarget, state?: SharedState): Lane {
  const shared = sharedCredential(target, state);
  const name = nameIn(target, state);
  const known = lanes.all.get(name);
  if (known !== undefined) return known;
  if (lanes.all.size >= lanes.sweepAt) sweep();
  const lane = new Lane(shared);
  lanes.all.set(name, lane);
  return lane;
}

/**
 * Returns the lane of a credential if it has been used, on this machine or on one that shares its
 * state.
 */
export function knownLane(target: LaneTarget, state?: SharedState): Lane | undefined {
  const isShared = state !== undefined && target.credential.kind === "key";
  return isShared ? laneOf(target, state) : lanes.all.get(nameOf(target));
}

/** Returns the shared state of a key; a login belongs to its machine alone. */
export function sharedCredential(
  target: LaneTarget,
  state: SharedState | undefined,
): SharedCredential | undefined {
  return target.credential.kind === "key" ? state?.credential(nameOf(target)) : undefined;
}

/** Returns the ticket of a call that begins. */
export function nextTicket(): number {
  lanes.tickets += 1;
  return lanes.tickets;
}

function sweep(): void {
  const now = performance.now();
  for (const [name, lane] of lanes.all) if (lane.isForgettable(now)) lanes.all.delete(name);
  lanes.sweepAt = Math.max(manyLanes, lanes.all.size * 2);
}

const states = new WeakMap<SharedState, string>();

function nameIn(target: LaneTarget, state: SharedState | undefined): string {
  const name = nameOf(target);
  if (state === undefined || target.credential.kind !== "key") return name;
  const known = states.get(state) ?? ` ${nextTicket()}`;
  states.set(state, known);
  return name + known;
}

/** The name of the lane that was last used with each key: most keys have only one target. */
const names = new WeakMap<object, LaneName>();

interface LaneName extends Pick<LaneTarget, "provider" | "baseUrl"> {
  readonly name: string;
}

function nameOf({ provider, baseUrl, mode, credential, cliPlace }: LaneTarget): string {
  const identity = () => credentialIdentity(credential);
  if (credential.kind !== "key") {
    return JSON.stringify([provider, baseUrl ?? "", identity(), mode === "cli" ? cliPlace : ""]);
  }
  const known = names.get(credential.secret);
  if (known?.provider === provider && known.baseUrl === baseUrl) return known.name;
  const name = JSON.stringify([provider, baseUrl ?? "", identity(), ""]);
  names.set(credential.secret, { provider, baseUrl, name });
  return name;
}
