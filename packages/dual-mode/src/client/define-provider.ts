import type { Client, ClientOptions } from "../contract/client.ts";
import type { Provider } from "../contract/provider.ts";
import { createClient } from "./create-client.ts";

/** Returns the function that a provider's package exports, such as `createEcho(options)`. */
export function defineProvider<Options extends object = object>(
  provider: Provider<Options>,
): (options?: ClientOptions & Options) => Client {
  return (options) => createClient(provider, options ?? ({} as ClientOptions & Options));
}
