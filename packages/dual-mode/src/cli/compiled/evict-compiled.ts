import { lstatSync, readdirSync, rmSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { isOfProgram, type KeptProgram } from "./kept-program.ts";

const day = 24 * 60 * 60 * 1000;

/** How many are kept of one version: of as many Node.js. */
const mostOfVersion = 3;
/** How many are kept in all: a container that is new for each run keeps one of its own. */
const mostInAll = 32;
/** Milliseconds after which what nobody has used goes: of a machine or an install that is no more. */
const longestUnused = 30 * day;
/** Milliseconds after which nobody writes any more what is not finished. */
const longestUnfinished = 60 * 60 * 1000;

/** Notes that a folder is of use: once a day, for who has checked it checks it again then. */
export function noteUse(folder: string): void {
  const now = Date.now() / 1000;
  if (ageOf(folder) > day) utimesSync(folder, now, now);
}

/** Makes room for one of a program: this machine's other versions go, and the oldest of this one. */
export function dropOlder(all: string, { kind, version }: KeptProgram): void {
  const own = readdirSync(all).filter((name) => name.startsWith(kind));
  const others = own.filter((name) => !name.startsWith(version));
  const same = own.filter((name) => name.startsWith(version));
  drop(all, [...others, ...behind(all, same, mostOfVersion - 1)]);
  dropUnused(all, mostInAll - 1);
}

/** Drops what nobody uses, whichever machine has kept it, and what a host has left unfinished. */
export function dropUnused(all: string, most: number = mostInAll): void {
  const names = readdirSync(all);
  const isOlder = (age: number) => (name: string) => ageOf(join(all, name)) > age;
  const unfinished = names.filter((name) => name.startsWith("unfinished-"));
  const kept = names.filter(isOfProgram);
  drop(all, unfinished.filter(isOlder(longestUnfinished)));
  drop(all, [...kept.filter(isOlder(longestUnused)), ...behind(all, kept, most)]);
}

/** All but so many of the last used. */
function behind(all: string, names: readonly string[], count: number): readonly string[] {
  const aged = names.map((name) => ({ name, age: ageOf(join(all, name)) }));
  const sorted = aged.sort((one, other) => one.age - other.age);
  return sorted.slice(count).map(({ name }) => name);
}

/** Milliseconds; 0 of what another process has removed. */
function ageOf(path: string): number {
  const status = lstatSync(path, { throwIfNoEntry: false });
  return status === undefined ? 0 : Date.now() - status.mtimeMs;
}

function drop(all: string, names: readonly string[]): void {
  for (const name of names) rmSync(join(all, name), { recursive: true, force: true });
}
