/** An address as it may be shown: a name, a password or a query in it could be a secret. */
export function shownAddress(address: string): string {
  if (!URL.canParse(address)) return "[no address]";
  const { protocol, host, pathname } = new URL(address);
  return `${protocol}//${host}${pathname.replace(/\/$/, "")}`;
}
