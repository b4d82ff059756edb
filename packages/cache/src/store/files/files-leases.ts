import { linkSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { crypto } from "../../builtin.ts";
import { DECLINED_LIFE, LEASE_LIFE, type LeaseRecord, leaseState } from "../lease-record.ts";
import { thisProcess } from "../owner.ts";
import type { LeaseStore } from "../store.ts";
import { temporaryPath } from "./atomic-write.ts";
import type { Folder } from "./folder.ts";

/** A successor that was killed in the middle of taking over is forgotten after this many ms. */
const LONGEST_TAKEOVER = 2000;

/**
 * A lease is a file that `link` makes: it fails where there is one. To replace the lease of a dead
 * owner, a process first links a file named for the dead lease's token, which only one can.
 */
export function filesLeases(folder: Folder): LeaseStore {
  const pathOf = (key: string) =>
    join(folder.openToWrite().leases, crypto().hash("sha256", key).slice(0, 40));
  return {
    acquire(key, token) {
      const path = pathOf(key);
      const found = read(path);
      const state = leaseState(found, Date.now());
      if (state !== "free") return state;
      const fresh = write(folder, token);
      try {
        if (!exists(path)) return linked(fresh, path) ? "acquired" : "held";
        return takeOver(path, found?.token ?? "unreadable", fresh) ? "acquired" : "held";
      } finally {
        rmSync(fresh, { force: true });
      }
    },
    renew(key, token) {
      const path = pathOf(key);
      if (read(path)?.token === token) renameSync(write(folder, token), path);
    },
    release(key, token, outcome) {
      const path = pathOf(key);
      if (read(path)?.token !== token) return;
      if (outcome === "stored") rmSync(path, { force: true });
      else renameSync(write(folder, token, true), path);
    },
  };
}

function takeOver(path: string, deadToken: string, fresh: string): boolean {
  const claim = `${path}.${deadToken}`;
  if (!linked(fresh, claim)) {
    if (ageOf(claim) > LONGEST_TAKEOVER) rmSync(claim, { force: true });
    return false;
  }
  try {
    // Another may have taken over, and given up its claim, since the dead lease was read.
    const current = read(path)?.token ?? "unreadable";
    if (current !== deadToken) return false;
    renameSync(fresh, path);
    return true;
  } finally {
    rmSync(claim, { force: true });
  }
}

function write(folder: Folder, token: string, declined = false): string {
  const path = temporaryPath(folder.temporary);
  const deadline = Date.now() + (declined ? DECLINED_LIFE : LEASE_LIFE);
  const lease: LeaseRecord = { token, owner: thisProcess(), deadline, declined };
  writeFileSync(path, JSON.stringify(lease), { mode: 0o600, flag: "wx" });
  return path;
}

function read(path: string): LeaseRecord | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as LeaseRecord;
  } catch {
    return undefined;
  }
}

function linked(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function exists(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

function ageOf(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat ? Date.now() - stat.mtimeMs : 0;
}
