import {
  closeSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  writeFileSync,
} from "node:fs";
import { homedir } from "node:os";
import { isAbsolute, join, sep } from "node:path";
import { isOwn } from "./own-file.ts";

const keyLength = 32;

/**
 * Returns the key by which `acc` recognizes files that it stored on this machine: only someone who
 * can read this user's private files can write a file that passes. The key is bound to the time at
 * which its file was created here, so a copy of the file (cloned, unpacked, in an image) is a
 * different key.
 *
 * @param cacheFolder The folder of those files; the key must not be in it.
 * @throws if there is no key, or others could know it
 */
export function machineKey(cacheFolder: string): Buffer {
  const file = openSync(join(keyFolder(cacheFolder), keyName), "r");
  try {
    const { ctimeNs } = fstatSync(file, { bigint: true });
    const status = fstatSync(file);
    const key = readFileSync(file);
    if (!status.isFile() || !isOwn(status, 0o077) || key.length !== keyLength) {
      throw new Error("The key may be known to others.");
    }
    return Buffer.concat([key, Buffer.from(String(ctimeNs))]);
  } finally {
    closeSync(file);
  }
}

/** Like `machineKey`, but creates the key if there is none. */
export function madeMachineKey(cacheFolder: string): Buffer {
  mkdirSync(stateFolder(), { recursive: true, mode: 0o700 });
  try {
    const { randomBytes } = process.getBuiltinModule("node:crypto");
    const path = join(keyFolder(cacheFolder), keyName);
    writeFileSync(path, randomBytes(keyLength), { mode: 0o600, flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  return machineKey(cacheFolder);
}

const keyName = "compiled-code.key";

/**
 * Returns the folder, if only this user can write to it and it is not in the cache, which may be
 * shared.
 */
function keyFolder(cacheFolder: string): string {
  const folder = stateFolder();
  const real = `${realpathSync(folder)}${sep}`;
  if (!isOwn(lstatSync(folder)) || real.startsWith(`${realpathSync(cacheFolder)}${sep}`)) {
    throw new Error("A key is not safe there.");
  }
  return folder;
}

/** Returns the platform's folder for data of one machine that is not carried over to another. */
function stateFolder(): string {
  const { HOME, LOCALAPPDATA, XDG_STATE_HOME } = process.env;
  const home = HOME || homedir();
  const folder = (() => {
    if (process.platform === "win32") {
      return join(LOCALAPPDATA || join(home, "AppData", "Local"), "acc", "State");
    }
    if (process.platform === "darwin") return join(home, "Library", "Application Support", "acc");
    const state = XDG_STATE_HOME && isAbsolute(XDG_STATE_HOME) ? XDG_STATE_HOME : undefined;
    return join(state ?? join(home, ".local", "state"), "acc");
  })();
  if (!isAbsolute(folder)) throw new Error("There is no home.");
  return folder;
}
