import { readdirSync, rmSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { crypto } from "../../node-crypto.ts";
import { isGone, type Owner, thisProcess } from "../owner.ts";

/** How long a file is kept whose owner cannot be looked up, in ms by the file system's clock. */
const LONGEST_WRITE = 60 * 60 * 1000;

const NAME = /^(\d+)-(\d*)-([0-9a-f]{16})-[0-9a-f-]{36}$/;

let beginning: string | undefined;

function nameOf({ pid, started, machine }: Owner): string {
  return `${pid}-${started}-${digest(machine)}-`;
}

/**
 * Returns a path for a file that is being written. The name identifies the owner and is unique
 * among all threads, containers and machines that share the folder.
 */
export function temporaryPath(folder: string): string {
  beginning ??= nameOf(thisProcess());
  return `${folder}${sep}${beginning}${crypto().randomUUID()}`;
}

/** Removes files of writers that are certainly dead, or that have been silent for long. */
export function sweepTemporary(folder: string): void {
  const others = readdirSync(folder).filter((name) => {
    const owner = ownerOf(name);
    if (owner && isGone(owner)) rmSync(join(folder, name), { force: true });
    return owner?.machine !== thisProcess().machine;
  });
  if (others.length > 0) sweepOld(folder, others);
}

/** The newest file gives the file system's time, because this machine's clock may differ. */
function sweepOld(folder: string, names: readonly string[]): void {
  const written = names.map((name) => timeOf(join(folder, name)));
  const now = Math.max(timeOf(folder), ...written);
  for (const [index, name] of names.entries()) {
    if (now - (written[index] ?? now) > LONGEST_WRITE) rmSync(join(folder, name), { force: true });
  }
}

function ownerOf(name: string): Owner | undefined {
  const [, pid, started = "", machine] = NAME.exec(name) ?? [];
  const own = thisProcess().machine;
  if (pid === undefined || machine !== digest(own)) return undefined;
  return { pid: Number(pid), started, machine: own };
}

const digests = new Map<string, string>();

function digest(machine: string): string {
  const known = digests.get(machine) ?? crypto().hash("sha256", machine).slice(0, 16);
  digests.set(machine, known);
  return known;
}

function timeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
