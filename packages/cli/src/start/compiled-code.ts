import {
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import type { Script } from "node:vm";
import { cacheDirectory } from "@acc/cache/directory";

const hashLength = 32;

/** A program whose compiled code may be kept. */
export interface Source {
  readonly path: string;
  readonly bytes: Buffer;
  /** The command that is run: each has compiled what it uses. */
  readonly word: string;
}

/** The compiled code that an earlier start has kept of it, if it is as it was kept. */
export function keptCompiled(source: Source): Buffer | undefined {
  return quietly(() => {
    const file = join(ownFolder(), fileName(source));
    if (!isOwn(lstatSync(file))) return undefined;
    const kept = readFileSync(file);
    const compiled = kept.subarray(hashLength);
    return hashOf(source, compiled).equals(kept.subarray(0, hashLength)) ? compiled : undefined;
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
      const kept = Buffer.concat([hashOf(source, compiled), compiled]);
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
  return join(cacheDirectory(), "compiled");
}

/** The folder, where nobody else can write to it nor put another in its place. */
function ownFolder(): string {
  const folder = compiledFolder();
  if ([dirname(folder), folder].every((path) => isOwn(statSync(path)))) return folder;
  throw new Error("Others can write to the folder.");
}

function isOwn({ uid, mode }: Stats): boolean {
  const user = process.getuid?.();
  return user === undefined || (uid === user && !(mode & 0o022));
}

function quietly<T>(step: () => T): T | undefined {
  try {
    return step();
  } catch {
    return undefined;
  }
}

/** V8 compares the length of the source alone, and not what is kept at all. */
function hashOf({ path, bytes }: Source, compiled: Buffer): Buffer {
  const { createHash } = process.getBuiltinModule("node:crypto");
  return createHash("sha256").update(path).update(bytes).update(compiled).digest();
}
