/** What a cookie is for: a session of the page, or a sign-in in progress. */
export type CookieKind = "page" | "login";

/** Cookies of a host are sent to all its ports, so each server's cookie has its own name. */
function nameFor({ url }: Request, kind: CookieKind): string {
  const { port, protocol } = new URL(url);
  return `acc-${kind}-${port || (protocol === "https:" ? "443" : "80")}`;
}

/** What the browser has of that kind; "" if it has none. */
export function cookieOf(request: Request, kind: CookieKind = "page"): string {
  const name = `${nameFor(request, kind)}=`;
  const pairs = (request.headers.get("cookie") ?? "").split(/; */);
  return pairs.find((pair) => pair.startsWith(name))?.slice(name.length) ?? "";
}

/** A `Set-Cookie` that no script sees and no other site's request carries; "" removes it. */
export function sessionCookie(request: Request, value: string, isSecure = false): string {
  return cookie(request, "page", value, `Path=/; HttpOnly; SameSite=Strict`, isSecure);
}

/**
 * The same for a sign-in: the provider's page leads back here, so the cookie is sent with a
 * navigation.
 */
export function loginCookie(request: Request, value: string, isSecure = false): string {
  const end = value === "" ? "" : "; Max-Age=600";
  return cookie(request, "login", value, `Path=/acc; HttpOnly; SameSite=Lax${end}`, isSecure);
}

function cookie(
  request: Request,
  kind: CookieKind,
  value: string,
  attributes: string,
  isSecure: boolean,
): string {
  const secure = isSecure || request.url.startsWith("https:") ? "; Secure" : "";
  const end = value === "" ? "; Max-Age=0" : "";
  return `${nameFor(request, kind)}=${value}; ${attributes}${secure}${end}`;
}
