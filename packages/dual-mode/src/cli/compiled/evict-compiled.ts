import { lstatSync, readdirSync, rmSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { isOfProgram, type KeptProgram } from "./kept-program.ts";

const day = 24 * 60 * 60 * 1000;

/** How many entries of one version are kept, each for another Node.js. */
const mostOfVersion = 3;
/** How many entries are kept in all: a container that is new for each run adds one of its own. */
const mostInAll = 32;
/** The age in ms at which unused entries are removed: their machine or install may be gone. */
const longestUnused = 30 * day;
/** The age in ms at which an unfinished entry counts as abandoned. */
const longestUnfinished = 60 * 60 * 1000;

/**
 * Notes that a folder is in use. Once a day is enough, because a checked folder is checked again
 * after a day.
 */
export function noteUse(folder: string): void {
  const now = Date.now() / 1000;
  if (ageOf(folder) > day) utimesSync(folder, now, now);
}

/**
 * Makes room for one entry of a program: removes this machine's other versions, and the oldest
 * entries of this one.
 */
export function dropOlder(all: string, { kind, version }: KeptProgram): void {
  const own = readdirSync(all).filter((name) => name.startsWith(kind));
  const others = own.filter((name) => !name.startsWith(version));
  const same = own.filter((name) => name.startsWith(version));
  drop(all, [...others, ...behind(all, same, mostOfVersion - 1)]);
  dropUnused(all, mostInAll - 1);
}

/**
 * Removes entries that nobody uses, whichever machine has kept them, and what a host has left
 * unfinished.
 */
export function dropUnused(all: string, most: number = mostInAll): void {
  const names = readdirSync(all);
  const isOlder = (age: number) => (name: string) => ageOf(join(all, name)) > age;
  const unfinished = names.filter((name) => name.startsWith("unfinished-"));
  const kept = names.filter(isOfProgram);
  drop(all, unfinished.filter(isOlder(longestUnfinished)));
  drop(all, [...kept.filter(isOlder(longestUnused)), ...behind(all, kept, most)]);
}

/** All but the `count` most recently used. */
function behind(all: string, names: readonly string[], count: number): readonly string[] {
  const aged = names.map((name) => ({ name, age: ageOf(join(all, name)) }));
  const sorted = aged.sort((one, other) => one.age - other.age);
  return sorted.slice(count).map(({ name }) => name);
}

/** The age in ms; 0 if another process has removed the file. */
function ageOf(path: string): number {
  const status = lstatSync(path, { throwIfNoEntry: false });
  return status === undefined ? 0 : Date.now() - status.mtimeMs;
}

function drop(all: string, names: readonly string[]): void {
  for (const name of names) rmSync(join(all, name), { recursive: true, force: true });
}
