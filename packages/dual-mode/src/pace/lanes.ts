import { processWide } from "../cli/process-wide.ts";
import { credentialIdentity, type RouteTarget } from "../engine/cooldowns.ts";
import { Lane } from "./lane.ts";

/** Lanes at which those that nobody uses are looked for first. */
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

/** Where a credential leads, whatever the mode and the model: a vendor's limits are the credential's. */
export type LaneTarget = Pick<
  RouteTarget,
  "provider" | "baseUrl" | "mode" | "credential" | "cliPlace"
>;

/** The lane of a credential, which all clients of the process share. */
export function laneOf(target: LaneTarget): Lane {
  const name = nameOf(target);
  const known = lanes.all.get(name);
  if (known !== undefined) return known;
  if (lanes.all.size >= lanes.sweepAt) sweep();
  const lane = new Lane();
  lanes.all.set(name, lane);
  return lane;
}

/** The lane of a credential, where anybody has used it. */
export function knownLane(target: LaneTarget): Lane | undefined {
  return lanes.all.get(nameOf(target));
}

/** The next number of a call that begins. */
export function nextTicket(): number {
  lanes.tickets += 1;
  return lanes.tickets;
}

function sweep(): void {
  const now = performance.now();
  for (const [name, lane] of lanes.all) if (lane.isForgettable(now)) lanes.all.delete(name);
  lanes.sweepAt = Math.max(manyLanes, lanes.all.size * 2);
}

function nameOf({ provider, baseUrl, mode, credential, cliPlace }: LaneTarget): string {
  const place = credential.kind !== "key" && mode === "cli" ? cliPlace : "";
  return JSON.stringify([provider, baseUrl ?? "", credentialIdentity(credential), place]);
}
