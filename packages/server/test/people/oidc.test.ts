import { describe, expect, it, onTestFinished } from "vitest";
import { oidcPeople } from "../../src/people/oidc-people.ts";
import { chromiumPath, openPage, startChromium } from "../page/chromium.ts";
import { type Accounts, clientSecret, startIssuer } from "./issuer.ts";
import { roles, signIn } from "./oidc-scene.ts";
import { Browser, startPeopleServer } from "./people-server.ts";

const accounts: Accounts = {
  ops: { email: "ops@example.com", email_verified: true },
  viewer: { email: "viewer@example.com", email_verified: true, groups: ["platform"] },
  unverified: { email: "ops@example.com", email_verified: false },
  silent: { email: "ops@example.com" },
  nobody: { email: "nobody@example.com", email_verified: true },
};

/** A server whose people sign in at a real issuer, both on loopback. */
async function open(options: { readonly trustEmail?: boolean } = {}, claims = {}) {
  let issuer = "";
  const server = await startPeopleServer(async (url) => {
    issuer = await startIssuer(url, accounts, claims);
    const scopes = ["openid", "email", "groups"];
    return oidcPeople({ issuer, clientId: "acc", clientSecret, url, scopes, roles, ...options });
  });
  return { ...server, issuer };
}

const entryOf = (response: Response) => {
  const [, code] = (response.headers.get("location") ?? "").split("/#enter=");
  return { code };
};

describe("who signs in at a provider", () => {
  it("comes in by the code flow with PKCE, state and nonce, and out again", async () => {
    const { origin, issuer, audited } = await open();
    const browser = new Browser();
    const begun = await browser.ask(`${origin}/acc/login`);
    const asked = new URL(begun.headers.get("location") ?? "");
    expect(asked.origin).toBe(issuer);
    expect(Object.fromEntries(asked.searchParams)).toMatchObject({
      response_type: "code",
      code_challenge_method: "S256",
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      redirect_uri: `${origin}/acc/login/callback`,
    });
    expect(begun.headers.get("set-cookie")).toMatch(
      /^acc-login-\d+=[\w.-]+; Path=\/acc; HttpOnly; SameSite=Lax; Max-Age=600$/,
    );
    const back = await signIn(browser, origin, "ops");
    const { proof, response } = await browser.enter(origin, entryOf(back));
    const [session = "", login = ""] = response.headers.getSetCookie();
    expect(session).toMatch(/^acc-page-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    expect(login).toMatch(/^acc-login-\d+=; .*Max-Age=0$/);
    const headers = { "x-acc-page": proof };
    const state = await browser.ask(`${origin}/acc/state`, { headers });
    expect(await state.json()).toMatchObject({ reader: { name: "ops@example.com", keys: true } });
    await browser.ask(`${origin}/acc/session`, { method: "DELETE", headers });
    expect((await browser.ask(`${origin}/acc/state`, { headers })).status).toBe(401);
    const ops = { actor: "ops@example.com", outcome: "ok" };
    expect(audited).toEqual([
      { ...ops, action: "sign-in" },
      { ...ops, action: "sign-out" },
    ]);
  });

  it("has the role of a group", async () => {
    const { origin } = await open();
    const browser = new Browser();
    const back = await signIn(browser, origin, "viewer");
    const { proof } = await browser.enter(origin, entryOf(back));
    const state = await browser.ask(`${origin}/acc/state`, { headers: { "x-acc-page": proof } });
    const reader = { name: "viewer@example.com", keys: false, texts: false };
    expect(await state.json()).toMatchObject({ reader });
  });

  // GitLab's ID token has the address, and not the groups.
  it("has the role of a group that the provider tells only when it is asked", async () => {
    const { origin } = await open({}, { openid: ["sub", "email", "email_verified"] });
    const back = await signIn(new Browser(), origin, "viewer");
    expect(back.headers.get("location")).toContain("#enter=");
  });

  // oauth2-proxy/oauth2-proxy#3234 (a bare 500), journiv/journiv-app#375 (Entra ID says nothing of it)
  it.each([
    ["unverified", {}, 403, "EMAIL_NOT_VERIFIED"],
    ["silent", {}, 403, "EMAIL_NOT_VERIFIED"],
    ["unverified", { trustEmail: true }, 403, "EMAIL_NOT_VERIFIED"],
    ["silent", { trustEmail: true }, 302, "ok"],
    ["nobody", {}, 403, "ROLE_MISSING"],
  ] as const)("%s with %j: %d %s", async (login, options, status, outcome) => {
    const { origin, audited } = await open(options);
    const browser = new Browser();
    const back = await signIn(browser, origin, login);
    expect(back.status).toBe(status);
    if (status === 403) expect(await back.text()).toContain(outcome);
    expect(audited).toMatchObject([{ action: "sign-in", outcome }]);
    const isLeft = browser.cookie("acc-login") === undefined;
    expect(isLeft).toBe(status === 403);
  });

  it("is refused where a code comes twice, to another browser, or with another state", async () => {
    const { origin, audited } = await open();
    const browser = new Browser();
    let callback = "";
    let ticket = "";
    const watched = new (class extends Browser {
      override async ask(url: string, init?: RequestInit) {
        if (url.includes("/acc/login/callback")) {
          callback = url;
          ticket = this.cookie("acc-login") ?? "";
        }
        return super.ask(url, init);
      }
    })();
    await signIn(watched, origin, "ops");
    const name = `acc-login-${new URL(origin).port}`;
    const stranger = await browser.ask(callback);
    expect(await stranger.text()).toContain("SIGN_IN_EXPIRED");
    watched.set(origin, name, ticket);
    expect(await (await watched.ask(callback)).text()).toContain("SIGN_IN_EXPIRED");
    await browser.ask(`${origin}/acc/login`);
    const forged = await browser.ask(callback);
    expect([forged.status, await forged.text()]).toEqual([
      401,
      expect.stringContaining("SIGN_IN_EXPIRED"),
    ]);
    const outcomes = audited.map(({ outcome }) => outcome);
    expect(outcomes).toEqual(["ok", ...Array(3).fill("SIGN_IN_EXPIRED")]);
  });

  it("enters with the browser that signed in alone, and once", async () => {
    const { origin } = await open();
    const browser = new Browser();
    const entry = entryOf(await signIn(browser, origin, "ops"));
    expect((await new Browser().enter(origin, entry)).code).toBe("LINK_USED");
    const other = entryOf(await signIn(browser, origin, "ops"));
    expect((await browser.enter(origin, other)).response.status).toBe(200);
    expect((await browser.enter(origin, other)).code).toBe("LINK_USED");
  });

  it("cannot use the cookie of another server", async () => {
    const [one, other] = [await open(), await open()];
    const browser = new Browser();
    const back = await signIn(browser, one.origin, "ops");
    const { proof } = await browser.enter(one.origin, entryOf(back));
    const port = new URL(other.origin).port;
    browser.set(other.origin, `acc-page-${port}`, browser.cookie("acc-page") ?? "");
    const headers = { "x-acc-page": proof };
    expect((await browser.ask(`${other.origin}/acc/state`, { headers })).status).toBe(401);
  });

  it.each([
    "?next=https://evil.example",
    "?redirect_uri=https://evil.example/",
    "?rd=//evil.example",
  ])("is led nowhere but to the provider and to the page: /acc/login%s", async (query) => {
    const { origin, issuer } = await open();
    const begun = await new Browser().ask(`${origin}/acc/login${query}`);
    const location = new URL(begun.headers.get("location") ?? "");
    expect(location.origin).toBe(issuer);
    expect(location.href).not.toContain("evil");
  });

  // cavefire/hass-openid#4: where to come back to was taken from the request
  it("comes back where the setting says, whatever Host and forwarded headers say", async () => {
    const { origin, page } = await open();
    const headers = { host: "acc.example.com", "x-forwarded-host": "evil.example" };
    const request = new Request(`${origin.replace("127.0.0.1", "localhost")}/acc/login`, {
      headers,
    });
    const begun = await page.fetch(request, { remoteAddress: "203.0.113.7" });
    const location = new URL(begun.headers.get("location") ?? "");
    expect(location.searchParams.get("redirect_uri")).toBe(`${origin}/acc/login/callback`);
  });

  it("is told where the provider is away", async () => {
    const { origin, audited } = await startPeopleServer((url) =>
      oidcPeople({ issuer: "http://127.0.0.1:9", clientId: "acc", clientSecret, url, roles }),
    );
    const answer = await new Browser().ask(`${origin}/acc/login`);
    expect([answer.status, await answer.text()]).toEqual([
      503,
      expect.stringContaining("SIGN_IN_UNAVAILABLE"),
    ]);
    expect(audited).toEqual([]);
  });
});

it.skipIf(chromiumPath === undefined)(
  "signs somebody in and out in Chromium",
  { timeout: 120_000 },
  async () => {
    const { origin } = await open();
    const browser = await startChromium();
    onTestFinished(() => browser.close());
    const { page, complaints } = await openPage(browser, origin);
    // The issuer's forms want fonts of another site.
    await page.route(/^https:/, (route) => route.abort());
    await page.getByRole("link", { name: "Sign in" }).click();
    await page.locator("[name=login]").fill("viewer");
    await page.locator("[name=password]").fill("any");
    await page.locator("[type=submit]").click();
    await page.getByRole("button", { name: "Continue" }).click();
    await page.getByText("No call has come yet.").waitFor();
    expect(page.url()).toBe(`${origin}/`);
    expect(await page.locator("#reader").textContent()).toBe("viewer@example.com");
    expect(await page.getByText("Make a key").isVisible()).toBe(false);
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByRole("link", { name: "Sign in" }).waitFor();
    expect(complaints.filter((each) => !each.startsWith("Failed to load"))).toEqual([]);
  },
);
