import type { Mode, ProviderStatus } from "@acc/dual-mode";

/** Whether a call to this provider has a route at all, or, with `only`, one by that mode. */
export function hasOpenDoor(
  { keys, cli, sdk }: Pick<ProviderStatus, "keys" | "cli" | "sdk">,
  only?: Mode,
): boolean {
  const byKey = keys.length > 0;
  const bySdk = only !== "cli" && byKey && sdk?.available === true;
  const byCli = only !== "sdk" && cli?.available === true && (byKey || cli.login === true);
  return bySdk || byCli;
}
