import { UsageError } from "../failure.ts";
import { storeOf } from "./owner-token.ts";
import type { ServeOptions } from "./serve-options.ts";

const variable = "ACC_METRICS_TOKEN";
const name = "acc_metrics_token";
const shortest = 32;

/**
 * The token by which `/metrics` is read from another machine, where the owner's is refused:
 * ACC_METRICS_TOKEN, else the secret, where the owner's comes from the store too. Without one, nobody
 * reads it from there.
 */
export async function metricsToken(options: ServeOptions): Promise<string | undefined> {
  const token = process.env[variable] || (await kept(options));
  if (token === undefined || token.length >= shortest) return token;
  throw new UsageError(
    `The token for /metrics has fewer than ${shortest} characters.`,
    `Make a random one: openssl rand -hex 32. It is ${variable}, or the secret ${name}.`,
  );
}

async function kept(options: ServeOptions): Promise<string | undefined> {
  if (!options.allowRemote || process.env.ACC_SERVER_TOKEN) return undefined;
  return (await (await storeOf(options)).get(name))?.reveal();
}
