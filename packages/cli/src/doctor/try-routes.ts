import type { Attempt, ClientOptions, Mode, ProviderStatus } from "@acc/dual-mode";
import { createProvider } from "../providers.ts";
import { type Finding, findingOf } from "./finding.ts";

/** The outcome of one real call. */
export type TriedRoute = Pick<
  Attempt,
  "provider" | "mode" | "credential" | "reason" | "fix" | "ms"
> & {
  /** Absent if the call was answered. */
  readonly code?: string;
};

/** Makes one short call on each route that is available on this machine. */
export async function tryRoutes(
  statuses: readonly ModesOf[],
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

/** The findings for the calls that failed, each with its fix. */
export function failedCalls(tried: readonly TriedRoute[]): readonly Finding[] {
  return tried.flatMap(({ provider, mode, credential, code, reason = "It failed.", fix }) =>
    code === undefined
      ? []
      : {
          code,
          what: `${provider} ${mode} (${credential}): ${reason}`,
          fix: fix ?? retry(provider),
        },
  );
}

type ModesOf = Pick<ProviderStatus, "provider" | "cli" | "sdk" | "keys" | "keyless">;

interface Route {
  readonly mode: "cli" | "sdk";
  readonly billing: "login" | "key";
}

/**
 * The routes of a provider. A mode that needs no key is also called with `billing: "key"`, which
 * rules out the login.
 */
function routesOf({ cli, sdk, keys, keyless = [] }: ModesOf): readonly Route[] {
  const isPaid = (mode: Mode) => keys.length > 0 || keyless.includes(mode);
  return [
    ...(cli?.available && cli.login ? [{ mode: "cli", billing: "login" } as const] : []),
    ...(cli?.available && isPaid("cli") ? [{ mode: "cli", billing: "key" } as const] : []),
    ...(sdk?.available && isPaid("sdk") ? [{ mode: "sdk", billing: "key" } as const] : []),
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
    const { attempts } = error as { attempts?: Attempt[] };
    const failed = attempts?.find((attempt) => attempt.ms > 0 && attempt.code !== undefined);
    const ms = Math.round(performance.now() - begun);
    if (failed) return { ...route, ...failed, ms };
    const { code, what, fix } = findingOf(error, retry(provider));
    return { ...route, code, reason: what, fix, ms };
  } finally {
    await client.close();
  }
}

function retry(provider: string): string {
  return `See whether it fails again: acc chat --provider ${provider} hi`;
}
