/** Cookies of a host go to all its ports, so that each server's has a name of its own. */
function nameFor({ url }: Request): string {
  const { port, protocol } = new URL(url);
  return `acc-page-${port || (protocol === "https:" ? "443" : "80")}`;
}

/** The cookie's half of the session that a request belongs to; "" where it has none. */
export function cookieOf(request: Request): string {
  const name = `${nameFor(request)}=`;
  const pairs = (request.headers.get("cookie") ?? "").split(/; */);
  return pairs.find((pair) => pair.startsWith(name))?.slice(name.length) ?? "";
}

/** A `Set-Cookie` that no script sees and no other site's request carries; "" takes it away. */
export function sessionCookie(request: Request, value: string): string {
  const secure = request.url.startsWith("https:") ? "; Secure" : "";
  const end = value === "" ? "; Max-Age=0" : "";
  return `${nameFor(request)}=${value}; Path=/; HttpOnly; SameSite=Strict${secure}${end}`;
}
