import type { Secret } from "@acc/secrets";
import type { StandbyWish } from "../../contract/mode-context.ts";
import { processWide } from "../../host/process-wide.ts";
import type { BegunRun } from "../begun-run.ts";
import type { CommandContext, CommandPlan } from "../command.ts";
import { endingOf } from "../ending-behind.ts";
import { areSame, type FileMarks } from "./file-marks.ts";

/** A call that takes over a standby process. */
export interface Claim {
  readonly context: CommandContext;
  /** The plan of the call's run: its stdin is written now. */
  readonly plan: CommandPlan;
  readonly freeSlot: () => void;
}

/** A process that waits for its call, or is about to. */
export interface Standby {
  readonly key: string;
  readonly owner: object;
  /** The key with which it was started. */
  readonly secret: Secret | undefined;
  readonly marks: FileMarks;
  /** When a process of its kind was last wanted, on the clock of `performance.now()`. */
  usedAt: number;
  /** Whether it is still being started. */
  isStarting(): boolean;
  /** Whether it could take a call now. */
  isReady(): boolean;
  /**
   * Waits until it is started, and returns whether it is ready. If it is not, nothing of it is
   * left.
   */
  started(): Promise<boolean>;
  /**
   * Writes the call's prompt to it. From then on it is the call's run, and ends with it. May be
   * called once.
   */
  claim(claim: Claim): BegunRun;
  /** Ends it, and settles when nothing of it is left. */
  end(): Promise<void>;
}

/** The waiting processes of the whole process, whichever copy of this package has started them. */
const waiting: Set<Standby> = processWide("standbys", () => new Set());
/** The processes that were dropped, until nothing of them is left. */
const ending: Map<Standby, Promise<void>> = processWide("standbys-ending", () => new Map());

/**
 * Takes a process that can take a call, or else one that is being started: a new one would not be
 * ready sooner. Of several, the one that has waited longest is taken.
 */
export function takeStandby(key: string): Standby | undefined {
  const same = ofKind(key);
  const found =
    same.find((standby) => standby.isReady()) ?? same.find((standby) => standby.isStarting());
  if (found !== undefined) waiting.delete(found);
  return found;
}

/**
 * Makes room for one more process of its kind by dropping the least recently used; false if as many
 * as are wanted are waiting already.
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

/** Ends a waiting process. One that no longer waits is not touched. */
export async function dropStandby(standby: Standby): Promise<void> {
  if (waiting.delete(standby)) {
    ending.set(
      standby,
      standby.end().finally(() => ending.delete(standby)),
    );
  }
  await ending.get(standby);
}

/**
 * Ends the waiting processes of an owner, and settles when nothing is left of any process that it
 * ever had, if its calls are over.
 */
export async function dropStandbysOf(owner: object): Promise<void> {
  const own = [...waiting, ...ending.keys()].filter((standby) => standby.owner === owner);
  await Promise.all([...own.map(dropStandby), endingOf(owner)]);
}

/**
 * Ends processes that must not be used any more: their files have changed, or their key was
 * replaced.
 */
export function dropStale({ owner, secrets }: StandbyWish): void {
  const keys = new Set(secrets.map((secret) => secret.reveal()));
  const isReplaced = ({ secret }: Standby) => secret !== undefined && !keys.has(secret.reveal());
  void dropWhere(
    (standby) => !areSame(standby.marks) || (standby.owner === owner && isReplaced(standby)),
  );
}

/** How many processes wait for the calls of an owner. */
export function waitingFor(owner: object): number {
  return [...waiting].filter((standby) => standby.owner === owner).length;
}

function ofKind(key: string): readonly Standby[] {
  return [...waiting].filter((standby) => standby.key === key);
}

async function dropWhere(matches: (standby: Standby) => boolean): Promise<void> {
  await Promise.all([...waiting].filter(matches).map(dropStandby));
}
