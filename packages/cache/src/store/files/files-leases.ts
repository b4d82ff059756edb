import {
  closeSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { crypto } from "../../node-crypto.ts";
import {
  DECLINED_LIFE,
  LEASE_LIFE,
  type LeaseRecord,
  leaseState,
  parseLease,
} from "../lease-record.ts";
import { thisProcess } from "../owner.ts";
import type { LeaseStore } from "../store.ts";
import { atomicWrite } from "./atomic-write.ts";
import type { Folder } from "./folder.ts";
import { temporaryPath } from "./temporary.ts";

/** Who makes a file and dies before it has written to it is forgotten after this many ms. */
const LONGEST_WRITE = 2000;

/**
 * A lease is a file that is made only where there is none, which every file system can: hard links are
 * not to be had on all. To replace the lease of a dead owner, a process first makes a file named for
 * the dead lease's token, which only one can.
 */
export function filesLeases(folder: Folder): LeaseStore {
  const pathOf = (key: string) =>
    join(folder.openToWrite().leases, crypto().hash("sha256", key).slice(0, 40));
  return {
    acquire(key, token) {
      const path = pathOf(key);
      const found = read(path);
      if (found === "unreadable" && !isOld(path, folder)) return "held";
      const lease = found === "unreadable" ? undefined : found;
      const state = leaseState(lease, Date.now());
      if (state !== "free") return state;
      const taken = found ? takeOver(path, lease, token, folder) : made(path, text(token));
      return taken ? "acquired" : "held";
    },
    renew(key, token) {
      const path = pathOf(key);
      if (tokenOf(read(path)) === token) replace(path, token, folder);
    },
    release(key, token, outcome) {
      const path = pathOf(key);
      if (tokenOf(read(path)) !== token) return;
      if (outcome === "stored") rmSync(path, { force: true });
      else replace(path, token, folder, true);
    },
  };
}

function takeOver(
  path: string,
  dead: LeaseRecord | undefined,
  token: string,
  folder: Folder,
): boolean {
  const claim = `${path}.${dead?.token ?? "unreadable"}`;
  if (!made(claim, "")) {
    if (isOld(claim, folder)) rmSync(claim, { force: true });
    return false;
  }
  try {
    // Another may have taken over, and given up its claim, since the dead lease was read.
    if (tokenOf(read(path)) !== dead?.token) return false;
    replace(path, token, folder);
    return true;
  } finally {
    rmSync(claim, { force: true });
  }
}

function replace(path: string, token: string, folder: Folder, declined = false): void {
  atomicWrite(path, Buffer.from(text(token, declined)), folder.temporary);
}

function text(token: string, declined = false): string {
  const deadline = Date.now() + (declined ? DECLINED_LIFE : LEASE_LIFE);
  const lease: LeaseRecord = { token, owner: thisProcess(), deadline, declined };
  return JSON.stringify(lease);
}

/** Undefined where there is none. */
function read(path: string): LeaseRecord | "unreadable" | undefined {
  try {
    return parseLease(readFileSync(path, "utf8"));
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT" ? undefined : "unreadable";
  }
}

function tokenOf(lease: LeaseRecord | "unreadable" | undefined): string | undefined {
  return typeof lease === "object" ? lease.token : undefined;
}

/** False where there is one. */
function made(path: string, content: string): boolean {
  let file: number;
  try {
    file = openSync(path, "wx", 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
  try {
    writeSync(file, content);
    return true;
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
}

/** By a file that is made for it: the clock of the files may be another than this machine's. */
function isOld(path: string, folder: Folder): boolean {
  const probe = temporaryPath(folder.temporary);
  writeFileSync(probe, "", { mode: 0o600 });
  const now = timeOf(probe);
  rmSync(probe, { force: true });
  return now - timeOf(path) > LONGEST_WRITE;
}

function timeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Number.NaN;
}
