import type { Client, ClientOptions, ProviderStatus } from "@acc/dual-mode";
import type { Settings } from "../config/settings.ts";
import { createProvider, providerNames } from "../providers.ts";

export type Clients = Readonly<Record<string, Client>>;

/** A client of every provider, by its name, as the settings have it. */
export async function openClients(settings: Settings, options: ClientOptions): Promise<Clients> {
  const { provider = settings.chain?.[0], model, prefer, cache } = settings;
  const common = {
    ...(prefer !== undefined && { prefer }),
    ...(cache === false && { cache }),
  };
  const clients = providerNames.map(async (name) => {
    const own = name === provider && model !== undefined ? { model } : {};
    return [name, await createProvider(name, { ...options, ...common, ...own })] as const;
  });
  return Object.fromEntries(await Promise.all(clients));
}

/** What this machine has of each; a provider that cannot be looked at is left out. */
export async function statusOf(clients: Clients): Promise<readonly ProviderStatus[]> {
  const looks = await Promise.allSettled(Object.values(clients).map((client) => client.status()));
  return looks.flatMap((look) => (look.status === "fulfilled" ? look.value : []));
}

export async function closeClients(clients: Clients): Promise<void> {
  await Promise.all(Object.values(clients).map((client) => client.close()));
}
