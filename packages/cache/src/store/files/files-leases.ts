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

/** How long an empty file keeps others out, in ms: its creator may have died before writing to it. */
const LONGEST_WRITE = 2000;

/**
 * Keeps each lease in a file that is created exclusively, which every file system supports, unlike
 * hard links. Before a process replaces the lease of a dead owner, it creates a file named after
 * the dead lease's token, which only one process can.
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
    // Another process may have taken over, and removed its claim, since the dead lease was read.
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

/** Returns undefined if there is no file. */
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

/** Creates a file. Returns false if it exists. */
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

/**
 * Returns true if a file is old. The current time is that of a new file, because the file system's
 * clock may differ from this machine's.
 */
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
