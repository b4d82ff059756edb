import type { Client, ClientOptions, ProviderStatus } from "@acc/dual-mode";
import type { Settings } from "../config/settings.ts";
import { passOver } from "../providers/pass-over.ts";
import { askedNames, createProvider } from "../providers.ts";

export type Clients = Readonly<Record<string, Client>>;

/**
 * Opens a client of every provider with the current settings, by name, including added providers.
 */
export async function openClients(settings: Settings, options: ClientOptions): Promise<Clients> {
  const { provider = settings.chain?.[0], model, prefer, cache } = settings;
  const common = {
    standby: 1,
    ...(prefer !== undefined && { prefer }),
    ...(cache === false && { cache }),
  };
  const clients = (await askedNames()).map(async (name) => {
    const own = name === provider && model !== undefined ? { model } : {};
    const open = () => createProvider(name, { ...options, ...common, ...own });
    return [name, await passOver(name, open)] as const;
  });
  const opened = (await Promise.all(clients)).filter(([, client]) => client !== undefined);
  return Object.fromEntries(opened) as Clients;
}

/**
 * The status of each provider on this machine; a provider whose status cannot be read is left out.
 */
export async function statusOf(clients: Clients): Promise<readonly ProviderStatus[]> {
  const looks = await Promise.allSettled(Object.values(clients).map((client) => client.status()));
  return looks.flatMap((look) => (look.status === "fulfilled" ? look.value : []));
}

export async function closeClients(clients: Clients): Promise<void> {
  await Promise.all(Object.values(clients).map((client) => client.close()));
}
