import type { Roles } from "../../src/people/roles.ts";
import type { Browser } from "./people-server.ts";

export const roles: Roles = { "ops@example.com": "admin", "group:platform": "viewer" };

/** Goes where it is sent and fills the issuer's forms in, until the server's page is reached. */
export async function signIn(browser: Browser, origin: string, login: string): Promise<Response> {
  let url = `${origin}/acc/login`;
  let init: RequestInit = {};
  for (let step = 0; step < 20; step++) {
    const response = await browser.ask(url, init);
    const next = response.headers.get("location");
    if (next !== null) {
      if (next.startsWith("/#")) return response;
      [url, init] = [new URL(next, url).href, {}];
      continue;
    }
    if (url.startsWith(origin)) return response;
    const form = await response.text();
    const [, action = ""] = /<form[^>]* action="([^"]+)"/.exec(form) ?? [];
    const prompt = form.includes('value="login"') ? "login" : "consent";
    url = new URL(action, url).href;
    const body = new URLSearchParams({
      prompt,
      ...(prompt === "login" && { login, password: "any" }),
    });
    init = { method: "POST", body };
  }
  throw new Error("The sign-in came to no end.");
}
