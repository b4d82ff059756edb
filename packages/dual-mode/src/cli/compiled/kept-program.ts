import { existsSync, realpathSync } from "node:fs";
import * as modules from "node:module";
import { hostname } from "node:os";
import { basename, delimiter, extname, join } from "node:path";
import { sha256 } from "../../sha256.ts";
import { marksOf } from "../standby/file-marks.ts";

/** A command, its version and the Node.js that runs it, on one machine. */
export interface KeptProgram {
  /** The same for all versions of the command and every Node.js, but different on each machine. */
  readonly kind: string;
  /** Names one version; begins with the kind. */
  readonly version: string;
  /** Names one version with one Node.js; begins with the version. */
  readonly name: string;
}

export interface ProgramQuery {
  readonly command: string;
  readonly version: string | undefined;
  /** The real path of its Node.js, "" if it is not known. */
  readonly node: string;
  /** The key of this machine: several machines may share one folder. */
  readonly key: Buffer;
}

export function keptProgram({ command, version, node, key }: ProgramQuery): KeptProgram {
  const file = realpathSync(command);
  const word = basename(file, extname(file))
    .replace(/[^\w-]/g, "")
    .slice(0, 20);
  const kind = `${word}-${short([file, hostname(), key.toString("hex")])}`;
  const ofVersion = `${kind}-${short([version, ...marksOf([file]).values()])}`;
  const name = `${ofVersion}-${short([...marksOf([node])])}`;
  return { kind, version: ofVersion, name };
}

/** Whether it is the name of a folder with some program's compiled code, kept by any machine. */
export function isOfProgram(name: string): boolean {
  return /^[\w-]{0,20}(-[0-9a-f]{16}){3}$/.test(name);
}

/**
 * Returns the Node.js that runs a command, "" if it is not known; undefined if that Node.js keeps
 * no compiled code (20, 22.0).
 *
 * @param path The PATH of its run.
 */
export function keepingNode(path: string): string | undefined {
  const node = nodeOf(path);
  const isOurs = node === realpathSync(process.execPath);
  return isOurs && !("enableCompileCache" in modules) ? undefined : node;
}

/**
 * The Node.js that `#!/usr/bin/env node` finds. A shim may find another one, for which there is
 * then no compiled code.
 */
function nodeOf(path: string): string {
  if (process.platform === "win32") return realpathSync(process.execPath);
  const places = path.split(delimiter).map((folder) => join(folder, "node"));
  const found = places.find((place) => existsSync(place));
  return found === undefined ? "" : realpathSync(found);
}

function short(told: unknown): string {
  return sha256(JSON.stringify(told)).toString("hex").slice(0, 16);
}
