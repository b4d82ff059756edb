import { lstatSync, readFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { removeRunFolders, runFolderPrefix } from "./private-folder.ts";
import { endGroup } from "./process-group.ts";
import { livingMembers, statusOf } from "./process-status.ts";
import { type GroupRecord, groupOf, type HostRecord, hostOf, thisHost } from "./run-record.ts";

/** Milliseconds between SIGTERM and SIGKILL: nobody waits for the answer of a dead host. */
const grace = 100;

/**
 * Ends the runs that dead hosts of this user have left behind in the folder for temporary files,
 * and removes their folders. A run whose host is not surely dead is left alone; only Linux gives
 * enough proof.
 */
export async function endLeftBehind(
  here: HostRecord = thisHost(),
  folder: string = tmpdir(),
): Promise<void> {
  if (process.platform !== "linux") return;
  const names = await readdir(folder).catch((): string[] => []);
  const runs = names.filter((name) => name.startsWith(runFolderPrefix));
  await Promise.all(runs.map((name) => endOne(join(folder, name), here).catch(() => {})));
}

async function endOne(root: string, here: HostRecord): Promise<void> {
  if (!isOwn(root)) return;
  const host = hostOf(root);
  if (host === undefined || !isDead(host, here)) return;
  const group = groupOf(root);
  if (group !== undefined && host.boot === here.boot && isOf(root, group)) {
    await endGroup(group.pid, grace);
  }
  removeRunFolders(root);
}

/** Trusts only a folder that nobody but this user can have written. */
function isOwn(root: string): boolean {
  const found = lstatSync(root);
  return found.isDirectory() && found.uid === process.geteuid?.() && (found.mode & 0o077) === 0;
}

/**
 * Whether the host is surely dead: it belongs to an earlier boot of this machine, or its pid is
 * free or belongs to another process now.
 */
function isDead(host: HostRecord, here: HostRecord): boolean {
  if (host.boot === "" || here.boot === "") return false;
  if (host.boot !== here.boot) return host.machine !== "" && host.machine === here.machine;
  if (host.namespace === "" || host.namespace !== here.namespace) return false;
  try {
    process.kill(host.pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
  const status = statusOf(host.pid);
  return status !== undefined && (status.ended || status.start !== host.start);
}

/**
 * Whether the group is still the run's. A pid is not reused while it names a group. If the leader
 * is gone, one member of the group must have the run's own folder in its environment.
 */
function isOf(root: string, { pid, start }: GroupRecord): boolean {
  const leader = statusOf(pid);
  if (leader !== undefined) return leader.start === start;
  const mark = `=${join(root, "temp")}\0`;
  return livingMembers(pid).some((member) => environmentOf(member).includes(mark));
}

function environmentOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, "utf8");
  } catch {
    return "";
  }
}
