import { existsSync } from "node:fs";
import { secretsPath } from "@acc/secrets";
import { resolveSettings } from "../config/resolve-settings.ts";
import { tell } from "../output/terminal.ts";
import { openOnce } from "../secrets/open-once.ts";
import { originOf } from "../serve/address.ts";
import { closeClients, openClients } from "../serve/clients.ts";
import { listen } from "../serve/listen.ts";
import { loadServer } from "../serve/load-server.ts";
import type { Running } from "../serve/start-server.ts";

/** Prints an error of the store as a note: calls that need no key of the store still work. */
function noteOf(error: unknown): void {
  const { message, fix = "" } = error as Error & { readonly fix?: string };
  tell(`${message} ${fix}`.trim());
}

/**
 * Starts a server on a free port of loopback for one owner, without keys and without a page. The
 * secrets store is opened before the command gets the terminal, which then is the command's alone.
 */
export async function startOwnServer(ownerToken: string): Promise<Omit<Running, "link">> {
  const { createAccess, createServer } = await loadServer();
  const { prices } = await import("@acc/prices");
  const settings = await resolveSettings();
  const access = createAccess({ ownerToken });
  const secrets = () => openOnce(undefined);
  if (existsSync(secretsPath())) await secrets().catch(noteOf);
  const clients = await openClients(settings, { prices, secrets });
  const { models = {} } = settings;
  const server = createServer({ clients, models, access });
  const host = "127.0.0.1";
  const { port, close } = await listen(server, { host, port: 0 });
  return {
    origin: originOf({ host, port }),
    close: async (signal) => {
      await server.close({ signal });
      await close();
      await closeClients(clients);
    },
  };
}
