import { UsageError } from "../failure.ts";
import { storeOf } from "./owner-token.ts";
import type { ServeOptions } from "./serve-options.ts";

const variable = "ACC_METRICS_TOKEN";
const name = "acc_metrics_token";
const shortest = 32;

/**
 * The token for reading `/metrics` from another machine, where the owner's is refused:
 * ACC_METRICS_TOKEN, else the secret, if the owner's token comes from the store too. Without a
 * token, `/metrics` cannot be read from there.
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
