import { readdirSync, readFileSync } from "node:fs";

/** What Linux tells of a process; elsewhere nothing is known. */
export interface ProcessStatus {
  readonly group: number;
  /** In clock ticks since the boot: with the pid it names one process of a boot. */
  readonly start: string;
  /** Over, and only not yet reaped. */
  readonly ended: boolean;
}

export function statusOf(pid: number | string): ProcessStatus | undefined {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, "latin1");
    // The fields after the command's name, which is in brackets and may itself hold anything.
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

/** The pids of the processes of a group that are not over. */
export function livingMembers(group: number): readonly string[] {
  return readdirSync("/proc").filter((pid) => /^\d+$/.test(pid) && runsIn(group, pid));
}

export function runsIn(group: number, pid: number | string): boolean {
  const status = statusOf(pid);
  return status?.group === group && !status.ended;
}
