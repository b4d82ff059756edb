import type { ClientOptions } from "@acc/dual-mode";
import type { LoopbackServer } from "../../scripts/loopback-server.ts";
import { dummyKey } from "../played/run-context.ts";

export { serve } from "../played/serve-answer.ts";

/** Options of a client that asks this server by its SDK, with neither cache nor store of secrets. */
export function sdkAt(server: { readonly url: string }): ClientOptions {
  return { baseUrl: server.url, apiKey: dummyKey, secrets: false, cache: false, only: "sdk" };
}

/** What a request to a vendor said. */
export function bodyOf(server: LoopbackServer, at: number = -1) {
  return JSON.parse(server.requests.at(at)?.body ?? "{}");
}

/** All that a stream gives. */
export async function collect<T>(stream: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const each of stream) all.push(each);
  return all;
}
