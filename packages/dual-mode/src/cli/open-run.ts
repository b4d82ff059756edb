import { join } from "node:path";
import { abortReason } from "../abort-reason.ts";
import type { Logger } from "../contract/mode-context.ts";
import { DualModeError } from "../error.ts";
import type { GroupCare } from "./group-care.ts";
import { guardGroup } from "./group-guard.ts";
import { endLeftBehind } from "./left-behind.ts";
import { discharge, enlist, type LiveRun } from "./live-runs.ts";
import { OutputFile } from "./output-file.ts";
import { makeRunFolders, type RunFolders, removeRunFolders } from "./private-folder.ts";
import { endGroup } from "./process-group.ts";
import { recordGroup } from "./run-record.ts";

/** A run's folders and process group, from taking its slot until everything is removed. */
export interface OpenRun {
  readonly folders: RunFolders;
  readonly output: OutputFile;
  /** Aborted by the caller's signal, by a signal to the host, or by `abort`. */
  readonly signal: AbortSignal;
  /** Makes the run responsible for the group; called directly after the spawn. */
  spawned(pid: number, care?: GroupCare): void;
  /** Ends the run with this error. */
  abort(reason: DualModeError): void;
  /**
   * Ends the group, removes the folders and frees the slot; after the spawn, an abort does the
   * same.
   *
   * @param patience Milliseconds between SIGTERM and SIGKILL; an expendable group is killed at
   * once.
   */
  close(patience?: number): Promise<void>;
}

export function openRun(signal: AbortSignal, freeSlot: () => void, logger: Logger): OpenRun {
  const { folders, output } = madeOr(freeSlot);
  const stop = new AbortController();
  let closing: Promise<void> | undefined;
  const close = (patience?: number) => {
    closing ??= end(patience);
    return closing;
  };
  const abort = (reason: DualModeError) => {
    stop.abort(reason);
    // Until the spawn the mode may still be writing its files, so they are removed at the run's
    // end.
    if (live.pid !== undefined) {
      void close();
    }
  };
  const onAbort = () => abort(abortReason(signal));
  const live: LiveRun = { root: folders.root, abort };
  const leftBehind = endLeftBehind();
  const end = async (patience?: number) => {
    signal.removeEventListener("abort", onAbort);
    if (live.pid !== undefined) {
      await endGroup(live.pid, live.expendable ? 0 : patience);
    }
    live.guard?.stop();
    output.close();
    try {
      removeRunFolders(folders.root);
    } catch (cause) {
      logger.debug("A run's private folder could not be removed.", { cause });
    }
    discharge(live);
    await leftBehind;
    freeSlot();
  };
  enlist(live);
  signal.addEventListener("abort", onAbort, { once: true });
  if (signal.aborted) {
    onAbort();
  }
  return {
    folders,
    output,
    signal: stop.signal,
    spawned: (pid, { expendable = false, held } = {}) => {
      live.pid = pid;
      live.expendable = expendable;
      live.guard = guardGroup(pid, folders.root, { expendable, held });
      recordGroup(folders.root, pid);
      if (held === undefined || live.guard !== undefined) return;
      throw new DualModeError("CLI_CRASHED", "No process could be started that watches the CLI.");
    },
    abort,
    close,
  };
}

function madeOr(giveUp: () => void): Pick<OpenRun, "folders" | "output"> {
  let root: string | undefined;
  try {
    const folders = makeRunFolders();
    root = folders.root;
    return { folders, output: new OutputFile(join(root, "output")) };
  } catch (cause) {
    if (root !== undefined) removeRunFolders(root);
    giveUp();
    if (DualModeError.is(cause)) throw cause;
    throw new DualModeError("CLI_CRASHED", "No private folder could be made for the CLI.", {
      fix: "Check that the folder for temporary files (TMPDIR) has room and can be written to.",
      cause,
    });
  }
}
