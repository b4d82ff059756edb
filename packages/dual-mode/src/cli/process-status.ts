import { readdirSync, readFileSync } from "node:fs";

/** What Linux reports of a process; other systems report nothing here. */
export interface ProcessStatus {
  readonly group: number;
  /** In clock ticks since the boot: together with the pid it identifies a process within a boot. */
  readonly start: string;
  /** Whether it has ended, and is only waiting to be reaped. */
  readonly ended: boolean;
}

export function statusOf(pid: number | string): ProcessStatus | undefined {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, "latin1");
    // The fields after the command's name, which is in brackets and may contain any character.
    const fields = line.slice(line.lastIndexOf(")") + 2).split(" ");
    const [state, , group] = fields;
    return {
      group: Number(group),
      start: fields[19] ?? "",
      ended: state === "Z" || state === "X",
    };
  } catch {
    return undefined;
  }
}

/** The pids of a group's processes that have not ended. */
export function livingMembers(group: number): readonly string[] {
  return readdirSync("/proc").filter((pid) => /^\d+$/.test(pid) && runsIn(group, pid));
}

export function runsIn(group: number, pid: number | string): boolean {
  const status = statusOf(pid);
  return status?.group === group && !status.ended;
}
