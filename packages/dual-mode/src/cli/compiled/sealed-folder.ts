import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { isOwn } from "@acc/cache/directory";
import { isMembers } from "../../foreign/guards.ts";

/** Files by their paths relative to a folder. */
export type Files = ReadonlyMap<string, Buffer>;

const sealName = "seal.json";
const mostFiles = 1_000;
/** A command with 96 MB of code was seen to leave 25 files of 4 MB in all. */
const mostBytes = 32 * 1024 * 1024;

/**
 * Returns all files in a folder that Node.js has filled; undefined if there are none, or more than
 * may be kept, or if Node.js could not write them all: then it leaves its temporary files
 * (nodejs/node#65473).
 */
export function filesIn(folder: string): Files | undefined {
  const paths = pathsIn(folder);
  if (paths.length === 0 || paths.length > mostFiles) return undefined;
  const sizes = paths.map((path) => lstatSync(join(folder, path)).size);
  const isCut = sizes.includes(0) || paths.some((path) => basename(path).includes("."));
  if (isCut || sizes.reduce((sum, size) => sum + size, 0) > mostBytes) return undefined;
  return new Map(paths.map((path) => [path, readFileSync(join(folder, path))]));
}

/** Makes the folder with the files, and with a seal that can be made only with the key. */
export function writeSealed(folder: string, name: string, files: Files, key: Buffer): void {
  mkdirSync(folder, { mode: 0o700 });
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true, mode: 0o700 });
    writeFileSync(join(folder, path), bytes, { mode: 0o600, flag: "wx" });
  }
  const hashes = Object.fromEntries([...files].map(([path, bytes]) => [path, hashOf(bytes)]));
  const seal = sealOf(name, hashes, key).toString("hex");
  writeFileSync(join(folder, sealName), JSON.stringify({ hashes, seal }), { mode: 0o600 });
}

/**
 * Whether the folder belongs to this user alone and has all files that were sealed in it,
 * unchanged. Files that were added since, such as code that Node.js compiled later, are removed.
 */
export function isSealed(folder: string, name: string, key: Buffer): boolean {
  const status = lstatSync(folder);
  if (!status.isDirectory() || !isOwn(status, 0o077)) return false;
  const { hashes, seal } = sealIn(folder);
  const right = sealOf(name, hashes, key);
  if (seal.length !== right.length || !timingSafeEqual(seal, right)) return false;
  const paths = pathsIn(folder).filter((path) => path !== sealName);
  for (const path of paths.filter((each) => !Object.hasOwn(hashes, each))) {
    rmSync(join(folder, path), { force: true });
  }
  return Object.entries(hashes).every(([path, hash]) => isSame(join(folder, path), hash));
}

/** The paths that show whether anything in the folder has changed: the files and their folders. */
export function placesIn(folder: string): readonly string[] {
  const files = pathsIn(folder).map((path) => join(folder, path));
  return [...new Set([folder, ...files.map((file) => dirname(file)), ...files])];
}

function isSame(path: string, hash: unknown): boolean {
  const status = lstatSync(path, { throwIfNoEntry: false });
  if (status === undefined || !status.isFile() || status.size > mostBytes) return false;
  return hashOf(readFileSync(path)) === hash;
}

function sealIn(folder: string): { hashes: Readonly<Record<string, unknown>>; seal: Buffer } {
  const kept: unknown = JSON.parse(readFileSync(join(folder, sealName), "utf8"));
  const { hashes, seal } = isMembers(kept) ? kept : {};
  return { hashes: isMembers(hashes) ? hashes : {}, seal: Buffer.from(String(seal), "hex") };
}

function sealOf(name: string, hashes: Readonly<Record<string, unknown>>, key: Buffer): Buffer {
  return createHmac("sha256", key)
    .update(JSON.stringify([name, hashes]))
    .digest();
}

function hashOf(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** Paths of everything that is not a folder, including links. */
function pathsIn(folder: string): readonly string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const others = entries.filter((entry) => !entry.isDirectory());
  return others.map(({ parentPath, name }) => relative(folder, join(parentPath, name))).sort();
}
