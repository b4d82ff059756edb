import type { CallOptions, ChatRequest, Client, ClientOptions } from "@acc/dual-mode";
import type { Settings } from "../config/settings.ts";
import { canBeAsked } from "../doctor/can-be-asked.ts";
import { providerNames } from "../providers/built-in.ts";
import { heldToSetting } from "../providers/held-to-setting.ts";
import { passOver } from "../providers/pass-over.ts";
import { askedNames, createProvider } from "../providers.ts";
import { keepRequests } from "./keep-requests.ts";

/** Makes the client of a provider. */
export type MakeClient = typeof createProvider;

/** The providers named by flag or setting; empty if the first available one is wanted. */
export function namedProviders(
  given: readonly string[] | undefined,
  { provider, chain: chained }: Settings,
): readonly string[] {
  return given ?? (provider ? [provider] : chained) ?? [];
}

/** The client that answers one request, from the named providers or, without names, from all. */
export async function clientBySelf(
  names: readonly string[],
  options: ClientOptions,
  request: ChatRequest,
  asked: CallOptions,
): Promise<Client> {
  await keepRequests(asked);
  return names.length > 0 ? namedClient(names, options) : openClient(options, request, asked);
}

/** A client that tries the named providers in order. */
export async function namedClient(
  names: readonly string[],
  options: ClientOptions,
  make: MakeClient = createProvider,
): Promise<Client> {
  const clients = await Promise.all(names.map((name) => make(name, options)));
  const [first] = clients;
  return first !== undefined && clients.length === 1 ? first : chained(clients);
}

/** A client of the provider that answered this before, else of the first that can be asked. */
export async function openClient(
  options: ClientOptions,
  request: ChatRequest,
  asked: CallOptions,
  make: MakeClient = createProvider,
): Promise<Client> {
  const names = await askedNames();
  const answered = asked.cache === "default" ? await whoAnswered(names, request) : undefined;
  if (answered !== undefined) return make(answered, options);
  const clients = await openEach(names, options, make);
  for (const client of clients) {
    const statuses = await Promise.all((await client.status()).map(heldToSetting));
    if (statuses.some((status) => canBeAsked(status, asked.only))) return client;
  }
  return chained(clients);
}

/** A client that tries, in order, all providers that are asked when none is named. */
export async function anyClient(options: ClientOptions): Promise<Client> {
  return chained(await openEach(await askedNames(), options, createProvider));
}

/** The clients that open: an added provider that fails to load affects only itself. */
async function openEach(
  names: readonly string[],
  options: ClientOptions,
  make: MakeClient,
): Promise<readonly Client[]> {
  const opened = await Promise.all(names.map((name) => passOver(name, () => make(name, options))));
  return opened.filter((client) => client !== undefined);
}

/** Chains the clients; the code of the chain is loaded only here. */
async function chained(clients: readonly Client[]): Promise<Client> {
  const { chain } = await import("@acc/dual-mode");
  return chain(clients);
}

/** The provider that has answered the same before. A lookup does not count as an attempt. */
async function whoAnswered(
  names: readonly string[],
  request: ChatRequest,
): Promise<string | undefined> {
  const { onlyRead } = await import("../cache/open-disk.ts");
  const cache = onlyRead();
  try {
    for (const name of names) {
      if (await hasAnswer(name, { cache }, request)) return name;
    }
    return undefined;
  } finally {
    await cache.close();
  }
}

/** A fault of an added provider is not reported here but when it is opened. */
async function hasAnswer(
  name: string,
  options: ClientOptions,
  request: ChatRequest,
): Promise<boolean> {
  try {
    const client = await createProvider(name, options);
    try {
      await client.chat(request, { cache: "only" });
    } finally {
      await client.close();
    }
    return true;
  } catch (error) {
    const isMissing = (error as { code?: unknown }).code === "NOT_CACHED";
    if (isMissing || !providerNames.includes(name)) return false;
    throw error;
  }
}
