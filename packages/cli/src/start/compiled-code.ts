import { lstatSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { Script } from "node:vm";
import {
  isOwn,
  machineKey,
  madeCompiledFolder,
  madeMachineKey,
  ownCompiledFolder,
} from "@acc/cache/directory";

const sealLength = 32;

/** A program whose compiled code may be cached. */
export interface Source {
  readonly path: string;
  readonly bytes: Buffer;
  /** The command that is run: for each, the code that it uses is cached. */
  readonly word: string;
}

/**
 * The compiled code of the program that an earlier start of this user has cached on this machine.
 */
export function keptCompiled(source: Source): Buffer | undefined {
  return quietly(() => {
    const folder = ownCompiledFolder();
    const file = join(folder, fileName(source));
    if (!isOwn(lstatSync(file))) return undefined;
    const kept = readFileSync(file);
    const compiled = kept.subarray(sealLength);
    const seal = sealOf(source, compiled, machineKey(folder));
    return seal.equals(kept.subarray(0, sealLength)) ? compiled : undefined;
  });
}

/**
 * Caches the compiled code for the next start. A start without it is slower but just as correct.
 */
export function keepCompiled(source: Source, script: Script): void {
  const name = fileName(source);
  quietly(() => {
    const folder = madeCompiledFolder();
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

/** V8 accepts only compiled code of its own version. */
function fileName({ path, word }: Source): string {
  const command = /^[a-z]{1,12}$/.test(word) ? word : "acc";
  return `${command}-${basename(path, ".cjs")}-${process.version}-${process.arch}.v8`;
}

function quietly<T>(step: () => T): T | undefined {
  try {
    return step();
  } catch {
    return undefined;
  }
}

/**
 * V8 compares only the length of the source, and runs any code from the cache, so the code is
 * authenticated.
 */
function sealOf({ path, bytes }: Source, compiled: Buffer, key: Buffer): Buffer {
  const { createHmac } = process.getBuiltinModule("node:crypto");
  return createHmac("sha256", key).update(`${path}\0`).update(bytes).update(compiled).digest();
}
