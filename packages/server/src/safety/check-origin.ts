import type { Refusal } from "../contract/access.ts";

/**
 * Refuses what another site's page sends, also where the browser would hide the answer from it:
 * sent is sent (CSRF). A program sends no Origin. To be asked once `checkHost` has passed, for the
 * server's own pages are known by its Host.
 */
export function checkOrigin(
  request: Request,
  origins: readonly string[] = [],
): Refusal | undefined {
  const origin = request.headers.get("origin");
  const isAllowed = origin === null ? !isFromElsewhere(request) : isKnown(origin, request, origins);
  if (isAllowed) return undefined;
  const message =
    "Pages of other sites may not ask this server. List the page's origin in origins to let it.";
  return { status: 403, code: "ORIGIN_NOT_ALLOWED", message };
}

function isKnown(origin: string, request: Request, origins: readonly string[]): boolean {
  return (
    isOwn(origin, request) || origins.some((one) => one.toLowerCase() === origin.toLowerCase())
  );
}

/** A page that this server gave: of its Host, by either scheme, for TLS may end before the server. */
function isOwn(origin: string, request: Request): boolean {
  const host = request.headers.get("host") ?? new URL(request.url).host;
  return [`http://${host}`, `https://${host}`].includes(origin.toLowerCase());
}

/** Images, scripts and GET forms send no Origin; what a user opens is a navigation. */
function isFromElsewhere({ headers }: Request): boolean {
  const site = headers.get("sec-fetch-site");
  if (site === null || site === "same-origin" || site === "none") return false;
  return headers.get("sec-fetch-mode") !== "navigate";
}
