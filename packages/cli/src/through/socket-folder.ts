import { createHash, randomBytes } from "node:crypto";
import { lstatSync, mkdirSync, readdirSync, realpathSync } from "node:fs";
import { hostname } from "node:os";
import { isAbsolute, join } from "node:path";
import { isOwn, isOwnPlace } from "@acc/cache/directory";
import { configFolder } from "../config/config-folder.ts";

/** The longest address of a socket, in bytes, that works on every system with such sockets. */
const longest = 103;

/**
 * Returns a new address for a server's socket, and makes its folder if it is missing.
 * @throws an error that says why there is none
 */
export function newSocket(): string {
  if (process.platform !== "win32" && isAbsolute(folderPath()))
    mkdirSync(folderPath(), { recursive: true, mode: 0o700 });
  return join(socketFolder(), `${ownPrefix()}${randomBytes(4).toString("hex")}.sock`);
}

/**
 * The sockets of this user's servers on this machine, since several may share the folder's disk.
 * Sockets of servers that were killed are among them. No socket is read with `stat`: after that,
 * `require` in Node.js 20 and 22 no longer follows symlinks (nodejs/node#51142).
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
 * The real path of the folder in which this user's servers listen for `acc chat`: nobody else can
 * put a socket there or reach one, and no system cuts off its address. On Windows there is none,
 * since pipes are in no folder there.
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

/** The beginning of the names of this machine's sockets. */
function ownPrefix(): string {
  return `${createHash("sha256").update(hostname()).digest("hex").slice(0, 8)}-`;
}

function folderPath(): string {
  return join(configFolder(), "server", "chat");
}
