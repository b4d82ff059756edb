import type { CallOptions, ChatRequest, Client, ClientOptions } from "@acc/dual-mode";
import type { Settings } from "../config/settings.ts";
import { hasOpenDoor } from "../doctor/open-door.ts";
import { createProvider, providerNames } from "../providers.ts";

/** The providers that were named, by flag or setting; none where the first open one is wanted. */
export function namedProviders(
  given: readonly string[] | undefined,
  { provider, chain: chained }: Settings,
): readonly string[] {
  return given ?? (provider ? [provider] : chained) ?? [];
}

/** A client of those named, in turn. */
export async function namedClient(
  names: readonly string[],
  options: ClientOptions,
): Promise<Client> {
  const clients = await Promise.all(names.map((name) => createProvider(name, options)));
  const [first] = clients;
  return first !== undefined && clients.length === 1 ? first : chained(clients);
}

/** Of all providers, one that has answered this before; else the first with an open door. */
export async function openClient(
  options: ClientOptions,
  request: ChatRequest,
  asked: CallOptions,
): Promise<Client> {
  const answered = asked.cache === "default" ? await whoAnswered(request) : undefined;
  if (answered !== undefined) return createProvider(answered, options);
  const clients = await Promise.all(providerNames.map((name) => createProvider(name, options)));
  for (const client of clients) {
    const statuses = await client.status();
    if (statuses.some((status) => hasOpenDoor(status, asked.only))) return client;
  }
  return chained(clients);
}

/** One client needs no chain, and does not load it. */
async function chained(clients: readonly Client[]): Promise<Client> {
  const { chain } = await import("@acc/dual-mode");
  return chain(clients);
}

/** Who has answered the same before; looking is no attempt, and counts as none. */
async function whoAnswered(request: ChatRequest): Promise<string | undefined> {
  const { onlyRead } = await import("../cache/open-disk.ts");
  const cache = onlyRead();
  try {
    for (const name of providerNames) {
      const client = await createProvider(name, { cache });
      if (await hasAnswer(client, request)) return name;
    }
    return undefined;
  } finally {
    await cache.close();
  }
}

async function hasAnswer(client: Client, request: ChatRequest): Promise<boolean> {
  try {
    await client.chat(request, { cache: "only" });
    return true;
  } catch (error) {
    if ((error as { code?: unknown }).code === "NOT_CACHED") return false;
    throw error;
  }
}
