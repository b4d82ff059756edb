/**
 * An address as it may be shown: without a user name, a password or a query, which could be secret.
 */
export function shownAddress(address: string): string {
  if (!URL.canParse(address)) return "[no address]";
  const { protocol, host, pathname } = new URL(address);
  return `${protocol}//${host}${pathname.replace(/\/$/, "")}`;
}
