import type { Attempt, ClientOptions, ProviderStatus } from "@acc/dual-mode";
import { createProvider } from "../providers.ts";

/** What became of one real call. */
export type TriedRoute = Pick<
  Attempt,
  "provider" | "mode" | "credential" | "code" | "reason" | "ms"
>;

/** One short call by each route that this machine has open. */
export async function tryRoutes(
  statuses: readonly ProviderStatus[],
  signal: AbortSignal,
): Promise<readonly TriedRoute[]> {
  const tried: TriedRoute[] = [];
  for (const status of statuses) {
    for (const { mode, billing } of routesOf(status)) {
      tried.push(await tryRoute(status.provider, { only: mode, billing }, signal));
    }
  }
  return tried;
}

interface Route {
  readonly mode: "cli" | "sdk";
  readonly billing: "login" | "key";
}

function routesOf({ cli, sdk, keys }: ProviderStatus): readonly Route[] {
  const byKey = keys.length > 0;
  return [
    ...(cli?.available && cli.login ? [{ mode: "cli", billing: "login" } as const] : []),
    ...(cli?.available && byKey ? [{ mode: "cli", billing: "key" } as const] : []),
    ...(sdk?.available && byKey ? [{ mode: "sdk", billing: "key" } as const] : []),
  ];
}

async function tryRoute(
  provider: string,
  options: ClientOptions & { only: "cli" | "sdk"; billing: "login" | "key" },
  signal: AbortSignal,
): Promise<TriedRoute> {
  const client = await createProvider(provider, { ...options, cache: false, retry: 0 });
  const begun = performance.now();
  const route = { provider, mode: options.only, credential: options.billing };
  try {
    const { attempts } = await client.chat("Answer with the one word: ok", { signal });
    return { ...route, ...attempts.at(-1), ms: Math.round(performance.now() - begun) };
  } catch (error) {
    if (signal.aborted) throw error;
    const { code, message, attempts } = error as Attempt & Error & { attempts?: Attempt[] };
    const failed = attempts?.find((attempt) => attempt.ms > 0 && attempt.code !== undefined);
    const ms = Math.round(performance.now() - begun);
    return { ...route, ...(failed ?? { ...(code && { code }), reason: message }), ms };
  } finally {
    await client.close();
  }
}
