import { randomUUID } from "node:crypto";
import { accessSync, constants, existsSync, lstatSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { madeCompiledFolder, madeMachineKey, ownCompiledFolder } from "@acc/cache/directory";
import { areSame, type FileMarks, marksOf } from "../standby/file-marks.ts";
import { dropOlder, dropUnused, noteUse } from "./evict-compiled.ts";
import { type KeptProgram, keepingNode, keptProgram } from "./kept-program.ts";
import { filesIn, isSealed, placesIn, writeSealed } from "./sealed-folder.ts";

/** The compiled code of a run's command. */
export interface CompiledCode {
  /** The folder in which Node.js looks for compiled code. */
  readonly folder: string;
  /** Set if no code is kept yet: keeps what a run that ended by itself has left in the folder. */
  readonly keep?: () => void;
}

export interface CompiledQuery {
  readonly command: string;
  readonly version: string | undefined;
  /** The PATH of the run. */
  readonly path: string;
  /** A folder of the run's own, which need not exist. */
  readonly own: string;
}

/**
 * Returns where a command's compiled code is; undefined if none is kept and none can be. A run
 * without it starts more slowly, but gives the same results.
 */
export function compiledCode({
  command,
  version,
  path,
  own,
}: CompiledQuery): CompiledCode | undefined {
  return quietly(() => {
    const node = keepingNode(path);
    if (node === undefined) return undefined;
    const all = madeCompiledFolder();
    const key = madeMachineKey(all);
    const program = keptProgram({ command, version, node, key });
    const kept = quietly(() => keptFolder(all, program.name, key));
    if (kept !== undefined) return { folder: kept };
    if (left.has(program.name)) return undefined;
    accessSync(all, constants.W_OK);
    return { folder: own, keep: () => keep(program, own) };
  });
}

/**
 * Programs of which nothing could be kept: their Node.js is too old, or they are not programs of
 * Node.js.
 */
const left: Set<string> = new Set();

/** A folder as it was when its seal was checked. */
interface Sealed {
  readonly marks: FileMarks;
  /**
   * The time until which that check is enough, in ms since the epoch; then the folder's use is
   * noted again.
   */
  readonly until: number;
}

const sealed: Map<string, Sealed> = new Map();
const checkedFor = 24 * 60 * 60 * 1000;

function keptFolder(all: string, name: string, key: Buffer): string | undefined {
  const folder = join(all, name);
  const known = sealed.get(folder);
  if (known !== undefined && Date.now() < known.until && areSame(known.marks)) return folder;
  sealed.delete(folder);
  if (lstatSync(folder, { throwIfNoEntry: false }) === undefined) return undefined;
  if (!quietly(() => isSealed(folder, name, key))) {
    rmSync(folder, { recursive: true, force: true });
    return undefined;
  }
  quietly(() => noteUse(folder));
  sealed.set(folder, { marks: marksOf(placesIn(folder)), until: Date.now() + checkedFor });
  tidy(all);
  return folder;
}

/** Folders that this process has tidied; once per process is enough. */
const tidied: Set<string> = new Set();

function tidy(all: string): void {
  if (tidied.has(all)) return;
  tidied.add(all);
  quietly(() => dropUnused(all));
}

function keep(program: KeptProgram, own: string): void {
  const isKept = quietly(() => {
    const files = filesIn(own);
    if (files === undefined) return false;
    const all = madeCompiledFolder();
    const unfinished = join(all, `unfinished-${randomUUID()}`);
    try {
      writeSealed(unfinished, program.name, files, madeMachineKey(all));
      dropOlder(all, program);
      renameSync(unfinished, join(all, program.name));
    } finally {
      rmSync(unfinished, { recursive: true, force: true });
    }
    return true;
  });
  if (!isKept && !stands(program)) left.add(program.name);
}

/** Whether a run at the same time has kept the program's code. */
function stands({ name }: KeptProgram): boolean {
  return quietly(() => existsSync(join(ownCompiledFolder(), name))) ?? false;
}

function quietly<T>(step: () => T): T | undefined {
  try {
    return step();
  } catch {
    return undefined;
  }
}
