import { createHash, randomBytes } from "node:crypto";
import { lstatSync, mkdirSync, readdirSync, realpathSync } from "node:fs";
import { hostname } from "node:os";
import { isAbsolute, join } from "node:path";
import { isOwn, isOwnPlace } from "@acc/cache/directory";
import { configFolder } from "../config/config-folder.ts";

/** Bytes that an address of a socket may have, on every system that has such sockets. */
const longest = 103;

/**
 * A new address for a server's socket, in a folder that is made where there is none.
 * @throws an error that says why there is none
 */
export function newSocket(): string {
  if (process.platform !== "win32" && isAbsolute(folderPath()))
    mkdirSync(folderPath(), { recursive: true, mode: 0o700 });
  return join(socketFolder(), `${ownPrefix()}${randomBytes(4).toString("hex")}.sock`);
}

/**
 * The sockets of this user's servers on this machine, for the folder may be on a disk that several
 * share; those whose server was killed are there too. None of them is looked at by itself: after
 * that, Node.js 20 and 22 load modules by links (nodejs/node#51142).
 * @throws an error that says why none of this user's can be there
 */
export function ownSockets(): readonly string[] {
  try {
    const folder = socketFolder();
    const found = readdirSync(folder, { withFileTypes: true });
    const own = found.filter((each) => each.isSocket() && each.name.startsWith(ownPrefix()));
    return own.map(({ name }) => join(folder, name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

/**
 * The real path of the folder in which servers of this user listen for `acc chat`: nobody else can
 * put a socket there, nor reach one, and no system cuts the address of one. On Windows there is none:
 * its pipes are in no folder.
 */
function socketFolder(): string {
  if (process.platform === "win32") {
    throw new Error("on Windows there is no such socket that is yours alone");
  }
  if (!isAbsolute(folderPath())) throw new Error(`${folderPath()} is not an absolute path`);
  const folder = realpathSync.native(folderPath());
  if (!isOwnPlace(folder) || !isOwn(lstatSync(folder), 0o077)) {
    throw new Error(`others can reach or move ${folder}`);
  }
  const address = join(folder, `${ownPrefix()}${"0".repeat(8)}.sock`);
  if (Buffer.byteLength(address) > longest) {
    throw new Error(`the path of ${folder} is too long for a socket`);
  }
  return folder;
}

/** What the names of this machine's sockets begin with. */
function ownPrefix(): string {
  return `${createHash("sha256").update(hostname()).digest("hex").slice(0, 8)}-`;
}

function folderPath(): string {
  return join(configFolder(), "server", "chat");
}
