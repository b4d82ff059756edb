import { expect, it, vi } from "vitest";
import { keptClients } from "../../src/kit/kept-client.ts";

/** As an SDK: it lays a request's `fetchOptions` over what it sends. */
class Sdk {
  readonly #url: string;
  readonly #fetch: typeof fetch;
  constructor(url: string, fetch: typeof globalThis.fetch) {
    this.#url = url;
    this.#fetch = fetch;
  }
  ask(body: string, { fetchOptions }: { readonly fetchOptions: object }): Promise<Response> {
    const { signal } = new AbortController();
    return this.#fetch(this.#url, { method: "POST", body, signal, ...fetchOptions });
  }
}

const make = vi.fn((sdk: typeof Sdk, url: string, fetch: typeof globalThis.fetch) => {
  return new sdk(url, fetch);
});

it("keeps the client of an address, and sends each request by its own route's fetch", async () => {
  const kept = keptClients(make);
  const routes = [1, 2].map(() => vi.fn<typeof fetch>(async () => new Response()));
  const asked = routes.map((route, at) => {
    const { client, bound } = kept(Sdk, "http://one.example", route);
    return client.ask(`${at}`, bound);
  });
  await Promise.all(asked);
  expect(make).toHaveBeenCalledTimes(1);
  for (const [at, route] of routes.entries()) {
    const sent = { method: "POST", body: `${at}` };
    expect(route.mock.calls).toEqual([["http://one.example", sent]]);
  }
  kept(Sdk, "http://other.example", fetch);
  expect(make).toHaveBeenCalledTimes(2);
});
