import { readdirSync, rmSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { crypto } from "../../node-crypto.ts";
import { isGone, type Owner, thisProcess } from "../owner.ts";

/** A file of an owner who cannot be looked up is left for this many ms, by the clock of the files. */
const LONGEST_WRITE = 60 * 60 * 1000;

const NAME = /^(\d+)-(\d*)-([0-9a-f]{16})-[0-9a-f-]{36}$/;

let beginning: string | undefined;

function nameOf({ pid, started, machine }: Owner): string {
  return `${pid}-${started}-${digest(machine)}-`;
}

/**
 * A path for a file that is being written. Its name is unique, whatever threads, containers and
 * machines share the folder, and says whose it is.
 */
export function temporaryPath(folder: string): string {
  beginning ??= nameOf(thisProcess());
  return `${folder}${sep}${beginning}${crypto().randomUUID()}`;
}

/** Removes what writers left behind who are provably dead, or whom nobody has seen for long. */
export function sweepTemporary(folder: string): void {
  const others = readdirSync(folder).filter((name) => {
    const owner = ownerOf(name);
    if (owner && isGone(owner)) rmSync(join(folder, name), { force: true });
    return owner?.machine !== thisProcess().machine;
  });
  if (others.length > 0) sweepOld(folder, others);
}

/** The newest file says what time it is where they lie: this machine's clock may be another. */
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
