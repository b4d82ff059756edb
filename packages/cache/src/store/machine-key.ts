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
 * The key by which `acc` knows what it has kept on this machine: only who can read this user's
 * private files can write what passes. It is bound to the moment that its file came here, so that
 * one that came along (cloned, unpacked, in an image) is another.
 *
 * @param cacheFolder Where that is kept: the key may not lie in it.
 * @throws where there is none, or others could know it
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

/** The same; makes it where there is none. */
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

/** The folder, where it is this user's alone to write to and no part of a cache, which may be shared. */
function keyFolder(cacheFolder: string): string {
  const folder = stateFolder();
  const real = `${realpathSync(folder)}${sep}`;
  if (!isOwn(lstatSync(folder)) || real.startsWith(`${realpathSync(cacheFolder)}${sep}`)) {
    throw new Error("A key is not safe there.");
  }
  return folder;
}

/** Where this platform keeps what belongs to one machine: not what is carried from one to another. */
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
