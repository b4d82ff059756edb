/**
 * Returns a URL that may be shown, without a user name, password or query, which could be secrets.
 */
export function shownUrl(url: string): string {
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname.replace(/\/$/, "")}`;
}
