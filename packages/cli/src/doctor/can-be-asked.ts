import type { Mode, ProviderStatus } from "@acc/dual-mode";

/** Whether a call to this provider has a route at all or, with `only`, one in that mode. */
export function canBeAsked(
  { keys, cli, sdk, keyless = [] }: Pick<ProviderStatus, "keys" | "cli" | "sdk" | "keyless">,
  only?: Mode,
): boolean {
  const isPaid = (mode: Mode) => keys.length > 0 || keyless.includes(mode);
  const bySdk = only !== "cli" && sdk?.available === true && isPaid("sdk");
  const byCli = only !== "sdk" && cli?.available === true && (isPaid("cli") || cli.login === true);
  return bySdk || byCli;
}
