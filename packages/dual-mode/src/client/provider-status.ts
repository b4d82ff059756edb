import type { CredentialLimits, ProviderStatus } from "../contract/client.ts";
import type { Logger, RouteCredential } from "../contract/mode-context.ts";
import { findKeys } from "../credentials/find-keys.ts";
import { resolveBaseUrl } from "../credentials/resolve-base-url.ts";
import type { RouteTarget } from "../credentials/route-identity.ts";
import { shownUrl } from "../credentials/shown-url.ts";
import { cliPlace } from "../engine/cli-source.ts";
import { knownLimits } from "../engine/known-limits.ts";
import { unlessAborted } from "../engine/timers.ts";
import type { CallParts } from "./open-call.ts";

/** Checks every mode of a provider without making a call. */
export async function providerStatus<Options extends object>(
  { provider, options, modes }: CallParts<Options>,
  signal: AbortSignal,
  logger: Logger,
): Promise<ProviderStatus> {
  const [cli, sdk, { keys, refused }] = await Promise.all([
    provider.cli && modes.probe("cli", signal, logger),
    provider.sdk && modes.probe("sdk", signal, logger),
    unlessAborted(signal, findKeys(provider, options)),
  ]);
  const baseUrl = resolveBaseUrl(provider, options.baseUrl, process.env);
  const limits = limitsOf({
    provider: provider.id,
    baseUrl: baseUrl?.url,
    cliPlace: provider.cli && options.only !== "sdk" ? cliPlace(options, process.env) : "",
    credentials: [{ kind: "login", source: "login" }, { kind: "none", source: "none" }, ...keys],
  });
  const keyless = (["cli", "sdk"] as const).filter((mode) =>
    provider[mode]?.credentials.includes("none"),
  );
  return {
    provider: provider.name,
    model: options.model ?? provider.defaultModel,
    keys: keys.map(({ source }) => ({ source })),
    ...(refused.length > 0 && {
      refusedKeys: refused.map(({ credential, reason }) => ({ source: credential, reason })),
    }),
    ...(provider.credential && { credential: provider.credential }),
    ...(keyless.length > 0 && { keyless }),
    ...(cli && { cli }),
    ...(sdk && { sdk }),
    ...(await standbyStatus(options, modes)),
    ...(limits.length > 0 && { limits }),
    ...(baseUrl && { baseUrl: { ...baseUrl, url: shownUrl(baseUrl.url) } }),
  };
}

/** The pool is loaded only if standby processes are wanted. */
async function standbyStatus(
  { standby = 0 }: CallParts<object>["options"],
  owner: object,
): Promise<Pick<ProviderStatus, "standby">> {
  const { count } = typeof standby === "number" ? { count: standby } : standby;
  if (count === 0) return {};
  const { waitingFor } = await import("../cli/standby/pool.ts");
  return { standby: { count, waiting: waitingFor(owner) } };
}

function limitsOf({
  credentials,
  ...place
}: Pick<RouteTarget, "provider" | "baseUrl" | "cliPlace"> & {
  readonly credentials: readonly RouteCredential[];
}): readonly CredentialLimits[] {
  return (["cli", "sdk"] as const).flatMap((mode) =>
    credentials.flatMap((credential) => {
      const known = knownLimits({ ...place, mode, credential });
      return known === undefined ? [] : [{ mode, credential: credential.source, ...known }];
    }),
  );
}
