import { readdirSync, readFileSync } from "node:fs";

/** Processes that were started with this in their environment, whatever group they are in now. */
export function processesWith(marker: string): number[] {
  return processes().filter((pid) => read(`/proc/${pid}/environ`).includes(marker));
}

/** Living members of a process group; the dead who wait to be reaped do not count. */
export function membersOf(group: number): number[] {
  return processes().filter((pid) => {
    const [state, , pgrp] = read(`/proc/${pid}/stat`)
      .replace(/^.*\) /s, "")
      .split(" ");
    return Number(pgrp) === group && state !== "Z" && state !== "X";
  });
}

function processes(): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
