import { readdirSync, readFileSync } from "node:fs";

/**
 * Whether a process of the group still runs. One that is dead but not yet reaped counts as gone:
 * in a container nobody may ever reap it. Only Linux tells the two apart.
 */
export function hasMembers(group: number): boolean {
  if (!exists(group)) {
    return false;
  }
  if (process.platform !== "linux") {
    return true;
  }
  try {
    return runsIn(group, String(group)) || readdirSync("/proc").some((pid) => runsIn(group, pid));
  } catch {
    return true;
  }
}

function exists(group: number): boolean {
  try {
    return process.kill(-group, 0);
  } catch {
    return false;
  }
}

function runsIn(group: number, pid: string): boolean {
  if (!/^\d+$/.test(pid)) {
    return false;
  }
  const [state, , pgrp] = stat(pid).split(" ");
  return Number(pgrp) === group && state !== "Z" && state !== "X";
}

/** The fields after the command's name, which is in brackets and may itself hold anything. */
function stat(pid: string): string {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, "latin1");
    return line.slice(line.lastIndexOf(")") + 2);
  } catch {
    return "";
  }
}
