/** What binds one request of a client that is kept to a route: the route's own `fetch` sends it. */
export interface BoundRequest {
  readonly fetchOptions: { readonly redirect: "manual" };
}

/** A client that is kept from call to call, and what binds one request of it. */
export interface KeptClient<Client> {
  readonly client: Client;
  readonly bound: BoundRequest;
}

/**
 * Keeps a client of an SDK that Stainless generated, that of the last address: to make one takes as long
 * as a tenth of a call. The SDK hands on what a request's `fetchOptions` have.
 *
 * @param make Makes a client that sends by this `fetch`.
 */
export function keptClients<SDK, Client>(
  make: (sdk: SDK, baseUrl: string, fetch: typeof globalThis.fetch) => Client,
): (sdk: SDK, baseUrl: string, fetch: typeof globalThis.fetch) => KeptClient<Client> {
  let kept: { readonly baseUrl: string; readonly client: Client } | undefined;
  return (sdk, baseUrl, send) => {
    if (kept?.baseUrl !== baseUrl) kept = { baseUrl, client: make(sdk, baseUrl, sendBound) };
    const fetchOptions = { redirect: "manual", send } as const;
    return { client: kept.client, bound: { fetchOptions } };
  };
}

/** The route's `fetch` hears the call's signal: the SDK's own, without its timer and retries, says no more. */
const sendBound: typeof fetch = (input, init) => {
  const { send, method, body } = init as SentRequest;
  return send(input, { method, body });
};

interface SentRequest extends Required<Pick<RequestInit, "method" | "body">> {
  readonly send: typeof fetch;
}
