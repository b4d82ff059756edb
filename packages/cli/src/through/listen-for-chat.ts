import { chmodSync } from "node:fs";
import { unlink } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { openCache } from "@acc/cache";
import type { ClientOptions } from "@acc/dual-mode";
import { fileSettings, resolveSettings } from "../config/resolve-settings.ts";
import { tell } from "../output/terminal.ts";
import { Calls } from "./calls.ts";
import { ClientShelf } from "./client-shelf.ts";
import { newSocket, ownSockets } from "./socket-folder.ts";
import { ownTerms } from "./terms.ts";

/** A socket of this user for calls of `acc chat`. */
export interface ChatSocket {
  /** Takes no more calls, waits for those in progress until the signal, and cleans up. */
  close(signal: AbortSignal): Promise<void>;
}

/**
 * Listens for `acc chat` of this user; undefined if no place for the socket is this user's alone.
 */
export async function listenForChat(
  token: string,
  secrets: NonNullable<ClientOptions["secrets"]>,
  maxCalls = 1_024,
): Promise<ChatSocket | undefined> {
  const path = await socketOrNone();
  if (path === undefined) return undefined;
  await removeLeftBehind();
  // As in a command of its own, changes on the disk by other processes are seen at once.
  const cache = openCache({ memoryBytes: 0, keepRequests: true });
  const shelf = new ClientShelf({ secrets, cache, standby: 1 });
  const terms = ownTerms(await fileSettings());
  const calls = new Calls({ token, terms, shelf, maxCalls });
  const server = createServer((socket) => {
    calls.take(socket).catch(() => socket.destroy());
  });
  const close = async (signal: AbortSignal) => {
    server.close();
    await calls.end(signal);
    await shelf.close();
    await cache.close();
  };
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(path, resolve);
    });
    chmodSync(path, 0o600);
  } catch (error) {
    await close(AbortSignal.abort());
    throw error;
  }
  return { close };
}

/** If the setting asks for a server, tells why there can be no socket. */
async function socketOrNone(): Promise<string | undefined> {
  try {
    return newSocket();
  } catch (error) {
    const { server } = await resolveSettings();
    if (server === "auto") tell(`acc chat asks by itself: ${(error as Error).message}.`);
    return undefined;
  }
}

/** Removes the sockets of servers that were killed. */
async function removeLeftBehind(): Promise<void> {
  for (const path of ownSockets()) {
    const code = await new Promise<string | undefined>((resolve) => {
      const socket = connect(path);
      socket.once("connect", () => {
        socket.destroy();
        resolve(undefined);
      });
      socket.once("error", (error: NodeJS.ErrnoException) => resolve(error.code));
    });
    if (code === "ECONNREFUSED") await unlink(path).catch(() => {});
  }
}
