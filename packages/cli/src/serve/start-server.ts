import type { AccessState } from "@acc/server";
import { fileSettings, resolveSettings } from "../config/resolve-settings.ts";
import { tell } from "../output/terminal.ts";
import { type ChatSocket, listenForChat } from "../through/listen-for-chat.ts";
import { isLoopbackHost, originOf, ownHosts } from "./address.ts";
import { commandActor, openAudit } from "./audit.ts";
import { closeClients, openClients, statusOf } from "./clients.ts";
import { openPlaces } from "./key-places.ts";
import { listen } from "./listen.ts";
import { loadServer } from "./load-server.ts";
import { metricsToken } from "./metrics-token.ts";
import { openPeople } from "./open-people.ts";
import { storeOf } from "./owner-token.ts";
import type { ServeOptions } from "./serve-options.ts";

/** A running server. */
export interface Running {
  readonly origin: string;
  /** Returns a URL that opens the page once. */
  link(): string;
  /** Refuses new calls, waits for those in progress until the signal, and cleans up. */
  close(signal: AbortSignal): Promise<void>;
}

/** Starts a server with all providers of this machine and with this token of its owner. */
export async function startServer(options: ServeOptions, ownerToken: string): Promise<Running> {
  const { createAccess, createPage, createServer, pageKeys } = await loadServer();
  const { prices } = await import("@acc/prices");
  const settings = await resolveSettings();
  const { serve = {} } = await fileSettings();
  const [people, audit] = [await openPeople(serve, options), await openAudit()];
  const places = await openPlaces(options.redis);
  const { keys, limits, budgets, cache, state } = places;
  const access = createAccess({
    ownerToken,
    ownerFrom: isLoopbackHost(options.host) ? "loopback" : "nowhere",
    keys,
    prices,
    ...(limits && { limits }),
    ...(budgets && { budgets }),
    onError: (error) => tell(`Keys and budgets: ${(error as Error).message}`),
    onState: tellState,
  });
  const secrets = () => storeOf(options);
  const shared = { ...(cache && { cache }), ...(state && { state }) };
  const clients = await openClients(settings, { prices, secrets, ...shared });
  const { models = {} } = settings;
  const page = createPage({
    access,
    keys: pageKeys(keys, access),
    models,
    prices,
    status: () => statusOf(clients),
    audit,
    ...(people && { people }),
    ...(serve.url !== undefined && { url: serve.url }),
  });
  const { maxCalls, keepPrompts, allowHost = [], allowOrigin } = options;
  const end = async () => {
    await closeClients(clients);
    await places.close();
  };
  let forChat: ChatSocket | undefined;
  try {
    for (const warning of await access.check()) tell(warning);
    const forMetrics = await metricsToken(options);
    if (keepPrompts) await audit({ action: "texts-on", actor: commandActor(), outcome: "ok" });
    const server = createServer({
      clients,
      models,
      access,
      page,
      onCall: page.record,
      hosts: [...ownHosts(options), ...allowHost, ...hostsOf(serve.url)],
      ...(allowOrigin && { origins: allowOrigin }),
      ...(forMetrics !== undefined && { metricsToken: forMetrics }),
      ...(maxCalls !== undefined && { maxCalls }),
      ...(keepPrompts && { keepPrompts }),
    });
    const { port, close } = await listen(server, options);
    forChat = await listenForChat(ownerToken, secrets, maxCalls).catch(tellOfNone);
    const origin = originOf({ ...options, port });
    return {
      origin,
      link: () => page.link(origin),
      close: async (signal) => {
        await Promise.all([server.close({ signal }), forChat?.close(signal)]);
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

/** The server works without the socket for `acc chat`. */
function tellOfNone(error: unknown): undefined {
  tell(`acc chat cannot ask through this server: ${(error as Error).message}.`);
}

function tellState(change: AccessState): void {
  if (change.state === "back") tell("Redis is back: servers act as one again.");
  else tell(`Redis is away: ${change.reason} ${meanwhile}`);
}

const meanwhile =
  "This server continues with the keys and limits that it knows; keys with a budget are refused.";

function hostsOf(url: string | undefined): readonly string[] {
  return url === undefined ? [] : [new URL(url).host];
}
