import type { Refusal } from "../contract/access.ts";

/**
 * Refuses requests from pages of other sites, even if the browser would hide the answer from them:
 * the request itself can do harm (CSRF). Programs send no Origin. Call it after `checkHost`,
 * because the server's own pages are recognized by their Host.
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

/**
 * Whether a page came from this server: from its Host, with either scheme, because TLS may end
 * before the server.
 */
function isOwn(origin: string, request: Request): boolean {
  const host = request.headers.get("host") ?? new URL(request.url).host;
  return [`http://${host}`, `https://${host}`].includes(origin.toLowerCase());
}

/**
 * Images, scripts and GET forms of other sites send no Origin. A navigation is allowed: it opens a
 * page for the user.
 */
function isFromElsewhere({ headers }: Request): boolean {
  const site = headers.get("sec-fetch-site");
  if (site === null || site === "same-origin" || site === "none") return false;
  return headers.get("sec-fetch-mode") !== "navigate";
}
