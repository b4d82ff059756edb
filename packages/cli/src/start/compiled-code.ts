import {
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, isAbsolute, join } from "node:path";
import type { Script } from "node:vm";
import { cacheDirectory } from "@acc/cache/directory";
import { machineKey, madeMachineKey } from "./machine-key.ts";
import { isOwn } from "./own-file.ts";

const sealLength = 32;

/** A program whose compiled code may be kept. */
export interface Source {
  readonly path: string;
  readonly bytes: Buffer;
  /** The command that is run: each has compiled what it uses. */
  readonly word: string;
}

/** The compiled code that an earlier start of this user has kept of it on this machine. */
export function keptCompiled(source: Source): Buffer | undefined {
  return quietly(() => {
    const folder = ownFolder();
    const file = join(folder, fileName(source));
    if (!isOwn(lstatSync(file))) return undefined;
    const kept = readFileSync(file);
    const compiled = kept.subarray(sealLength);
    const seal = sealOf(source, compiled, machineKey(folder));
    return seal.equals(kept.subarray(0, sealLength)) ? compiled : undefined;
  });
}

/** Keeps it for the next start. A start without it is slower and no less right. */
export function keepCompiled(source: Source, script: Script): void {
  const name = fileName(source);
  quietly(() => {
    mkdirSync(compiledFolder(), { recursive: true, mode: 0o700 });
    const folder = ownFolder();
    const unfinished = join(folder, `${name}.${process.pid}`);
    try {
      const compiled = script.createCachedData();
      const kept = Buffer.concat([sealOf(source, compiled, madeMachineKey(folder)), compiled]);
      writeFileSync(unfinished, kept, { mode: 0o600, flag: "wx" });
      renameSync(unfinished, join(folder, name));
    } finally {
      rmSync(unfinished, { force: true });
    }
  });
}

/** V8 takes the compiled code of its own version alone. */
function fileName({ word }: Source): string {
  return `${/^[a-z]{1,12}$/.test(word) ? word : "acc"}-${process.version}-${process.arch}.v8`;
}

function compiledFolder(): string {
  if (process.env.NODE_DISABLE_COMPILE_CACHE) throw new Error("Nothing is to be kept.");
  const { ACC_CACHE_DIR = "" } = process.env;
  const folder = cacheDirectory();
  // What is relative lies in whatever folder the host works in: a repository's own, too.
  if ([ACC_CACHE_DIR || folder, folder].every(isAbsolute)) return join(folder, "compiled");
  throw new Error("The folder is relative.");
}

/** The folder, where nobody else can write to it nor put another in its place. */
function ownFolder(): string {
  const folder = compiledFolder();
  if ([dirname(folder), folder].every((path) => isOwn(statSync(path)))) return folder;
  throw new Error("Others can write to the folder.");
}

function quietly<T>(step: () => T): T | undefined {
  try {
    return step();
  } catch {
    return undefined;
  }
}

/** V8 compares the length of the source alone, and runs whatever it is given as kept. */
function sealOf({ path, bytes }: Source, compiled: Buffer, key: Buffer): Buffer {
  const { createHmac } = process.getBuiltinModule("node:crypto");
  return createHmac("sha256", key).update(`${path}\0`).update(bytes).update(compiled).digest();
}
