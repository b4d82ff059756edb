import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

/** What a process still holds that it should have let go. */
export interface LeftBehind {
  readonly processes: readonly string[];
  readonly folders: readonly string[];
  readonly handles: readonly string[];
}

/** Looks until nothing is left, for two seconds at the most; `before` are the process's own handles. */
export async function leftBehind(
  marker: string,
  folder: string,
  before: readonly string[],
): Promise<LeftBehind> {
  for (let look = 0; ; look += 1) {
    const left = {
      processes: processesIn(marker),
      folders: readdirSync(folder),
      handles: more(handles(), before),
    };
    const count = left.processes.length + left.folders.length + left.handles.length;
    if (count === 0 || look === 20) return left;
    await sleep(100);
  }
}

/** Processes whose command names a folder or file. */
export function processesIn(marker: string): string[] {
  return readdirSync("/proc").filter((name) => {
    if (!/^\d+$/.test(name) || Number(name) === process.pid) return false;
    try {
      return readFileSync(`/proc/${name}/cmdline`, "utf8").includes(marker);
    } catch {
      return false;
    }
  });
}

function more(now: readonly string[], before: readonly string[]): string[] {
  const rest = [...before];
  return now.filter((kind) => {
    const known = rest.indexOf(kind);
    if (known !== -1) rest.splice(known, 1);
    return known === -1;
  });
}

/** Sockets kept alive by fetch are the process's own: they neither belong to a call nor hold it open. */
export function handles(): string[] {
  return process
    .getActiveResourcesInfo()
    .filter((kind) => /Timeout|Process|Pipe|FSReq|Immediate/.test(kind));
}
