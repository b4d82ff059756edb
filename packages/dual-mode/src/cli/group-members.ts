import { livingMembers, runsIn } from "./process-status.ts";

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
    return runsIn(group, group) || livingMembers(group).length > 0;
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
