import { DualModeError } from "../error.ts";
import { processWide } from "../host/process-wide.ts";
import { endingSignals, type SignalMeaning } from "./ending-signals.ts";
import type { GroupGuard } from "./group-guard.ts";
import { removeRunFolders } from "./private-folder.ts";
import { killGroupsNow } from "./process-group.ts";

/** A run that must not outlive the host. */
export interface LiveRun {
  /** The pid of the group's leader; absent until it is spawned. */
  pid?: number;
  /** Whether it is killed at once, without SIGTERM. */
  expendable?: boolean;
  /** Ends the group if the host ends first; absent until it is started. */
  guard?: GroupGuard | undefined;
  /** The run's folders. */
  readonly root: string;
  /** Aborts the run, so that it ends its group and removes its folders. */
  readonly abort: (reason: DualModeError) => void;
}

type Listener = (signal: NodeJS.Signals | number) => void;

/** Shared by all copies of this package in the process, so that there is one set of listeners. */
const host: { readonly runs: Set<LiveRun>; readonly listeners: Map<string, Listener> } =
  processWide("live-runs", () => ({ runs: new Set(), listeners: new Map() }));

/**
 * Registers a run that must end with the host. The process has listeners only while a run is live.
 */
export function enlist(run: LiveRun): void {
  host.runs.add(run);
  if (host.runs.size > 1) {
    return;
  }
  listen("exit", killAll);
  for (const [signal, meaning] of endingSignals(process.platform)) {
    listen(signal, () => onSignal(signal, meaning));
  }
}

/** Removes a run that is over: its group is gone and its folders are removed. */
export function discharge(run: LiveRun): void {
  host.runs.delete(run);
  if (host.runs.size === 0) {
    unlisten();
  }
}

function listen(event: string, listener: Listener): void {
  host.listeners.set(event, listener);
  process.on(event, listener);
}

function unlisten(): void {
  for (const [event, listener] of host.listeners) {
    process.off(event, listener);
  }
  host.listeners.clear();
}

/**
 * A host with listeners of its own decides itself whether to end; any other host ends as it would
 * without this package.
 */
function onSignal(signal: NodeJS.Signals, meaning: SignalMeaning): void {
  if (process.listenerCount(signal) - reraisingListeners() > 1) {
    if (meaning === "its-own") return;
    const reason = new DualModeError("ABORTED", `The process received ${signal}.`);
    for (const run of host.runs) {
      run.abort(reason);
    }
    return;
  }
  killAll();
  unlisten();
  process.kill(process.pid, signal);
}

function killAll(): void {
  const pids = (expendable: boolean) =>
    [...host.runs]
      .filter((run) => (run.expendable ?? false) === expendable)
      .flatMap(({ pid }) => pid ?? []);
  killGroupsNow(pids(false), pids(true));
  for (const { root, guard } of host.runs) {
    guard?.stop();
    try {
      removeRunFolders(root);
    } catch {
      // A folder that cannot be removed must not change how the host ends.
    }
  }
}

/**
 * Counts the listeners of the `signal-exit` package. They raise the signal again by themselves, but
 * only once no other listener is left: waiting for them would keep the host alive.
 */
function reraisingListeners(): number {
  const emitter: unknown = Reflect.get(globalThis, Symbol.for("signal-exit emitter"));
  const count = typeof emitter === "object" && emitter !== null && Reflect.get(emitter, "count");
  return typeof count === "number" ? count : 0;
}
