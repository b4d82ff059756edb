import type { Secret } from "@acc/secrets";
import type { StandbyWish } from "../../contract/mode-context.ts";
import { processWide } from "../../host/process-wide.ts";
import type { BegunRun } from "../begun-run.ts";
import type { CommandContext, CommandPlan } from "../command.ts";
import { endingOf } from "../ending-behind.ts";
import { areSame, type FileMarks } from "./file-marks.ts";

/** A call that takes a process. */
export interface Claim {
  readonly context: CommandContext;
  /** As it would be run again: what is on its stdin is written now. */
  readonly plan: CommandPlan;
  readonly freeSlot: () => void;
}

/** A process that waits for its call, or is about to. */
export interface Standby {
  readonly key: string;
  readonly owner: object;
  /** The key that it holds. */
  readonly secret: Secret | undefined;
  readonly marks: FileMarks;
  /** When its kind was last of use, on the clock of `performance.now()`. */
  usedAt: number;
  /** Whether it is being started. */
  isStarting(): boolean;
  /** Whether it could take a call now. */
  isReady(): boolean;
  /** Waits until it is started, and gives whether it is ready; where it is not, nothing of it is left. */
  started(): Promise<boolean>;
  /** Writes to it what the call says, once; from then on it is the call's run, and ends with it. */
  claim(claim: Claim): BegunRun;
  /** Ends it, and settles when nothing of it is left. */
  end(): Promise<void>;
}

/** Those of the whole process, whichever copy of this package has started them. */
const waiting: Set<Standby> = processWide("standbys", () => new Set());
/** Those that were dropped, until nothing of them is left. */
const ending: Map<Standby, Promise<void>> = processWide("standbys-ending", () => new Map());

/**
 * Takes out one that can take a call, else one that is being started: a call that starts its own is no
 * sooner. The one that has waited longest is the readiest.
 */
export function takeStandby(key: string): Standby | undefined {
  const same = ofKind(key);
  const found =
    same.find((standby) => standby.isReady()) ?? same.find((standby) => standby.isStarting());
  if (found !== undefined) waiting.delete(found);
  return found;
}

/**
 * Makes room for one more of its kind, of which the least recently used goes first; false where there
 * are as many as are wanted.
 */
export function makesRoom(key: string, count: number): boolean {
  const usedAt = performance.now();
  const same = ofKind(key);
  for (const standby of same) standby.usedAt = usedAt;
  if (same.length >= count) return false;
  const mostInAll = Math.max(mostInProcess, count);
  const others = [...waiting].sort((one, other) => one.usedAt - other.usedAt);
  for (const standby of others.slice(0, Math.max(0, waiting.size + 1 - mostInAll))) {
    void dropStandby(standby);
  }
  return true;
}

const mostInProcess = 2;

export function addStandby(standby: Standby): void {
  waiting.add(standby);
}

/** Ends one that waits; of one that waits no more nothing is done. */
export async function dropStandby(standby: Standby): Promise<void> {
  if (waiting.delete(standby)) {
    ending.set(
      standby,
      standby.end().finally(() => ending.delete(standby)),
    );
  }
  await ending.get(standby);
}

/** Ends those of an owner, and settles when nothing is left of any that it ever had, whose calls are over. */
export async function dropStandbysOf(owner: object): Promise<void> {
  const own = [...waiting, ...ending.keys()].filter((standby) => standby.owner === owner);
  await Promise.all([...own.map(dropStandby), endingOf(owner)]);
}

/** Ends those that nobody may use any more: their file is another now, or their key was replaced. */
export function dropStale({ owner, secrets }: StandbyWish): void {
  const keys = new Set(secrets.map((secret) => secret.reveal()));
  const isReplaced = ({ secret }: Standby) => secret !== undefined && !keys.has(secret.reveal());
  void dropWhere(
    (standby) => !areSame(standby.marks) || (standby.owner === owner && isReplaced(standby)),
  );
}

/** How many wait for the calls of an owner. */
export function waitingFor(owner: object): number {
  return [...waiting].filter((standby) => standby.owner === owner).length;
}

function ofKind(key: string): readonly Standby[] {
  return [...waiting].filter((standby) => standby.key === key);
}

async function dropWhere(matches: (standby: Standby) => boolean): Promise<void> {
  await Promise.all([...waiting].filter(matches).map(dropStandby));
}
