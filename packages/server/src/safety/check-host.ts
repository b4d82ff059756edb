import type { Refusal } from "../contract/access.ts";

const loopback = ["localhost", "127.0.0.1", "[::1]"];

/**
 * Refuses a request whose `Host` or URL names another server, so that a page whose name was made to
 * resolve to 127.0.0.1 (DNS rebinding, CVE-2024-28224) reaches nothing.
 */
export function checkHost(request: Request, hosts: readonly string[] = []): Refusal | undefined {
  const address = hostOf(request.url);
  const named = request.headers.get("host") ?? address;
  const isKnown = isListed(named, hosts) && (address === named || isListed(address, hosts));
  if (isKnown) return undefined;
  const message =
    "The Host of the request is not a name of this server. " +
    "Ask at 127.0.0.1 or localhost, or list the name in hosts.";
  return { status: 403, code: "HOST_NOT_ALLOWED", message };
}

/** Reads a plain host name as it is, and any other as the URL standard does. */
function hostOf(url: string): string {
  return /^https?:\/\/([a-z0-9.-]+(?::\d{1,5})?)\//i.exec(url)?.[1] ?? new URL(url).host;
}

/**
 * Whether a host is loopback with any port, or is listed; a name that is listed without a port
 * matches any port.
 */
function isListed(host: string, hosts: readonly string[]): boolean {
  const given = host.toLowerCase();
  const name = nameIn(given);
  if (isLoopbackName(given)) return true;
  return hosts.some((listed) => [given, name].includes(listed.toLowerCase()));
}

/** Whether a `Host` is a loopback name, with any port. */
export function isLoopbackName(host: string): boolean {
  return loopback.includes(nameIn(host.toLowerCase()));
}

function nameIn(host: string): string {
  return host.replace(/:\d{1,5}$/, "");
}
