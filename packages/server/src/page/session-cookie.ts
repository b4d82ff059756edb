/** The purpose of a cookie: a session of the page, or a sign-in in progress. */
export type CookieKind = "page" | "login";

/**
 * Returns the name of this server's cookie, which contains the port, because a host's cookies are
 * sent to all its ports.
 */
function nameFor({ url }: Request, kind: CookieKind): string {
  const { port, protocol } = new URL(url);
  return `acc-${kind}-${port || (protocol === "https:" ? "443" : "80")}`;
}

/** Returns the browser's cookie of that kind; "" if it has none. */
export function cookieOf(request: Request, kind: CookieKind = "page"): string {
  const name = `${nameFor(request, kind)}=`;
  const pairs = (request.headers.get("cookie") ?? "").split(/; */);
  return pairs.find((pair) => pair.startsWith(name))?.slice(name.length) ?? "";
}

/**
 * Makes a `Set-Cookie` header for a cookie that scripts cannot read and other sites' requests do
 * not carry; "" removes the cookie.
 */
export function sessionCookie(request: Request, value: string, isSecure = false): string {
  return cookie(request, "page", value, `Path=/; HttpOnly; SameSite=Strict`, isSecure);
}

/**
 * Makes the same for a sign-in. The provider's page leads back here, so this cookie is also sent
 * with a navigation.
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
