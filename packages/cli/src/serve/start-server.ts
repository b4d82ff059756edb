import { resolveSettings } from "../config/resolve-settings.ts";
import { tell } from "../output/terminal.ts";
import { isLoopbackHost, originOf, ownHosts } from "./address.ts";
import { closeClients, openClients, statusOf } from "./clients.ts";
import { openPlaces } from "./key-places.ts";
import { listen } from "./listen.ts";
import { loadServer } from "./load-server.ts";
import { storeOf } from "./owner-token.ts";
import type { ServeOptions } from "./serve-options.ts";

/** A server that runs. */
export interface Running {
  readonly origin: string;
  /** An address that opens the page once. */
  link(): string;
  /** Refuses new calls, waits for those in flight until the signal, and leaves nothing. */
  close(signal: AbortSignal): Promise<void>;
}

/** Starts a server with all providers of this machine, whose owner has this token. */
export async function startServer(options: ServeOptions, ownerToken: string): Promise<Running> {
  const { createAccess, createPage, createServer, pageKeys } = await loadServer();
  const { prices } = await import("@acc/prices");
  const settings = await resolveSettings();
  const places = await openPlaces(options.redis);
  const { keys, limits, budgets, cache } = places;
  const access = createAccess({
    ownerToken,
    ownerFrom: isLoopbackHost(options.host) ? "loopback" : "nowhere",
    keys,
    prices,
    ...(limits && { limits }),
    ...(budgets && { budgets }),
    onError: (error) => tell(`Keys and budgets: ${(error as Error).message}`),
  });
  const secrets = () => storeOf(options);
  const clients = await openClients(settings, { prices, secrets, ...(cache && { cache }) });
  const { models = {} } = settings;
  const page = createPage({
    access,
    keys: pageKeys(keys, access),
    models,
    prices,
    status: () => statusOf(clients),
  });
  const { maxCalls, keepPrompts, allowHost = [], allowOrigin } = options;
  const end = async () => {
    await closeClients(clients);
    await places.close();
  };
  try {
    for (const warning of await access.check()) tell(warning);
    const server = createServer({
      clients,
      models,
      access,
      page,
      onCall: page.record,
      hosts: [...ownHosts(options), ...allowHost],
      ...(allowOrigin && { origins: allowOrigin }),
      ...(maxCalls !== undefined && { maxCalls }),
      ...(keepPrompts && { keepPrompts }),
    });
    const { port, close } = await listen(server, options);
    const origin = originOf({ ...options, port });
    return {
      origin,
      link: () => page.link(origin),
      close: async (signal) => {
        await server.close({ signal });
        await close();
        await end();
      },
    };
  } catch (error) {
    await access.close();
    await end();
    throw error;
  }
}
