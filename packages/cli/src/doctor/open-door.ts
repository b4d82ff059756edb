import type { ProviderStatus } from "@acc/dual-mode";

/** Whether a call to this provider has a route at all. */
export function hasOpenDoor({ keys, cli, sdk }: ProviderStatus): boolean {
  if (keys.length > 0) return Boolean(cli?.available || sdk?.available);
  return cli?.available === true && cli.login === true;
}
