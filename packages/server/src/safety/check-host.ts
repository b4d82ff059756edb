import type { Refusal } from "../contract/access.ts";

const loopback = ["localhost", "127.0.0.1", "[::1]"];

/**
 * Refuses a request whose `Host`, or whose address, names another server: so a page whose name was
 * made to lead to 127.0.0.1 (DNS rebinding, CVE-2024-28224) reaches nothing.
 */
export function checkHost(request: Request, hosts: readonly string[] = []): Refusal | undefined {
  const address = new URL(request.url).host;
  const named = request.headers.get("host") ?? address;
  const wrong = [named, address].find((host) => !isListed(host, hosts));
  if (wrong === undefined) return undefined;
  const message =
    "The Host of the request is no name of this server. " +
    "Ask at 127.0.0.1 or localhost, or list the name in hosts.";
  return { status: 403, code: "HOST_NOT_ALLOWED", message };
}

/** A name of loopback with any port; another as it is listed, with any port where none is. */
function isListed(host: string, hosts: readonly string[]): boolean {
  const given = host.toLowerCase();
  const name = given.replace(/:\d{1,5}$/, "");
  if (loopback.includes(name)) return true;
  return hosts.some((listed) => [given, name].includes(listed.toLowerCase()));
}
