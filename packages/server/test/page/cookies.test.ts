import { expect, onTestFinished, test } from "vitest";
import type { People } from "../../src/contract/people.ts";
import { createPage } from "../../src/page/create-page.ts";
import { ownerOnly } from "./page-server.ts";

const people: People = {
  kind: "proxy",
  identify: async () => ({ subject: "u-1", email: "ops@example.com", groups: [] }),
  permissions: async () => new Set(["page", "keys", "texts"] as const),
};

function open() {
  const page = createPage({ access: ownerOnly, url: "https://acc.example.com", people });
  onTestFinished(() => page.close());
  return page;
}

type OpenPage = ReturnType<typeof open>;

async function cookieOf(page: OpenPage, origin: string, body: object, remoteAddress: string) {
  const request = new Request(`${origin}/acc/session`, {
    method: "POST",
    headers: { host: new URL(origin).host, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const response = await page.fetch(request, { remoteAddress });
  return response.headers.getSetCookie().join("\n");
}

// keycloak/keycloak#33557: Safari keeps no Secure cookie of http, also on this machine
test("the owner's cookie on this machine goes by http where people come by https", async () => {
  const page = open();
  for (const origin of ["http://127.0.0.1:4141", "http://localhost:4141", "http://[::1]:4141"]) {
    const [, code] = page.link(origin).split("#enter=");
    const cookie = await cookieOf(page, origin, { code }, "127.0.0.1");
    expect(cookie).toContain("HttpOnly; SameSite=Strict");
    expect(cookie).not.toContain("Secure");
  }
});

test("the cookies of people are Secure, whatever Host a proxy before the server sends", async () => {
  const page = open();
  for (const origin of ["http://acc.example.com", "http://127.0.0.1:4141"]) {
    expect(await cookieOf(page, origin, {}, "203.0.113.7")).toContain("; Secure");
  }
});
