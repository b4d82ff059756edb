import { exportSPKI, SignJWT } from "jose";
import { describe, expect, it, onTestFinished } from "vitest";
import { createPage } from "../../src/page/create-page.ts";
import { proxyPeople } from "../../src/people/proxy-people.ts";
import { aCall, keysInMemory, ownerOnly } from "../page/page-server.ts";
import { Browser, startPeopleServer } from "./people-server.ts";
import { audience, header, issuer, type Pair, proxyScene, roles } from "./proxy-scene.ts";

const scene = proxyScene();
const { startKeys, sign, open } = scene;

const codeOf = async (response: Response) =>
  ((await response.json()) as { error: { code: string } }).error.code;

const half = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
const claims = () => ({
  ...{ sub: "u-1", email: "ops@example.com", iss: issuer, aud: audience },
  exp: Math.floor(Date.now() / 1000) + 300,
});

describe("who comes through a proxy", () => {
  it("does what the role says, from wherever they are, and it is written down", async () => {
    const { ask, enter, audited } = await open();
    const token = await sign();
    const { proof } = await enter(token);
    const state = await (await ask("/acc/state", token, proof)).json();
    expect(state).toMatchObject({ reader: { name: "ops@example.com", keys: true, texts: true } });
    const made = await ask("/acc/keys", token, proof, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ name: "ci", rpm: 60 }),
    });
    const { token: key } = (await made.json()) as { token: string };
    await ask("/acc/keys/ci", token, proof, { method: "DELETE" });
    await ask("/acc/session", token, proof, { method: "DELETE" });
    expect((await ask("/acc/state", token, proof)).status).toBe(401);
    const ops = { actor: "ops@example.com", outcome: "ok" };
    expect(audited).toEqual([
      { ...ops, action: "sign-in" },
      { ...ops, action: "key-add", name: "ci", limits: { rpm: 60 } },
      { ...ops, action: "key-revoke", name: "ci" },
      { ...ops, action: "sign-out" },
    ]);
    for (const secret of [key, token, proof]) expect(JSON.stringify(audited)).not.toContain(secret);
  });

  it("sees no more than the role says", async () => {
    const { ask, enter, audited, page } = await open();
    page.record(aCall({ prompt: "what somebody asked" }));
    const viewer = await sign({ claims: { sub: "u-2", email: "v@x.test", groups: ["platform"] } });
    const { proof } = await enter(viewer);
    const shown = await (await ask("/acc/state", viewer, proof)).text();
    expect(shown).not.toContain("what somebody asked");
    expect(shown).toContain('"reader":{"name":"v@x.test","keys":false,"texts":false}');
    const made = await ask("/acc/keys", viewer, proof, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ name: "mine" }),
    });
    expect([made.status, await codeOf(made)]).toEqual([403, "NOT_PERMITTED"]);
    const gone = await ask("/acc/keys/ci", viewer, proof, { method: "DELETE" });
    expect(gone.status).toBe(403);
    expect(audited.slice(1)).toEqual([
      { action: "key-add", actor: "v@x.test", outcome: "NOT_PERMITTED", name: "mine" },
      { action: "key-revoke", actor: "v@x.test", outcome: "NOT_PERMITTED", name: "ci" },
    ]);
    const reader = await sign({ claims: { sub: "u-7", email: "r@x.test" } });
    const { proof: other } = await enter(reader);
    expect(await (await ask("/acc/state", reader, other)).text()).toContain("what somebody asked");
  });

  it.each([
    ["viewer", { sub: "u-2", email: "v@x.test", groups: ["platform"] }, false],
    // oauth2-proxy/oauth2-proxy#3013: only the first of several groups was looked at.
    [
      "viewer by a second group",
      { sub: "u-2", email: "v@x.test", groups: ["a", "platform"] },
      false,
    ],
    ["texts", { sub: "u-7", email: "r@x.test" }, true],
    ["admin", { sub: "u-1", email: "ops@example.com" }, true],
  ])("sees in the feed, as %s, what is asked only where the role says so", async (_, who, sees) => {
    const { ask, enter, page } = await open();
    const token = await sign({ claims: who });
    const { proof } = await enter(token);
    const ended = new AbortController();
    onTestFinished(() => ended.abort());
    const feed = await ask("/acc/events", token, proof, { signal: ended.signal });
    const reader = (feed.body as ReadableStream<Uint8Array>).getReader();
    const decoder = new TextDecoder();
    let seen = "";
    const until = async (what: string) => {
      while (!seen.includes(what)) {
        const { value, done } = await reader.read();
        if (done) throw new Error(`The feed ended with ${seen}`);
        seen += decoder.decode(value, { stream: true });
      }
    };
    await until(": open\n\n");
    page.record(aCall({ id: "live-1", prompt: "what somebody asked" }));
    await until('"minute"');
    await until("\n\n");
    expect(seen).toContain('"id":"live-1"');
    expect(seen.includes("what somebody asked")).toBe(sees);
  });

  // cloudflare/cloudflare-access-for-atlassian#28, honojs/middleware#1805, cloudflare/pages-plugins#19,
  // BerriAI/litellm#2687
  it.each<[string, () => Promise<string>]>([
    ["alg none", async () => `${half({ alg: "none", kid: "first" })}.${half(claims())}.`],
    [
      "HS256 with the public key as the secret",
      async () => {
        const secret = new TextEncoder().encode(await exportSPKI((scene.first as Pair).publicKey));
        const head = { alg: "HS256", kid: "first" };
        return new SignJWT(claims()).setProtectedHeader(head).sign(secret);
      },
    ],
    ["another application's", () => sign({ audience: "another-application" })],
    ["another team's", () => sign({ issuer: "https://other.cloudflareaccess.com" })],
    ["expired", () => sign({ expires: Math.floor(Date.now() / 1000) - 60 })],
    ["not valid yet", () => sign({ notBefore: "2m" })],
    ["of a key that nobody published", () => sign({ kid: "third" })],
    ["signed by another under a known key's name", () => sign({ key: scene.second as Pair })],
    ["without a subject", () => sign({ claims: { sub: "" } })],
    [
      "without an end",
      () => {
        const { exp: _, ...endless } = claims();
        const token = new SignJWT(endless).setProtectedHeader({ alg: "RS256", kid: "first" });
        return token.sign((scene.first as Pair).privateKey);
      },
    ],
    ["two in one header", async () => `${await sign()}, ${await sign()}`],
    ["no token at all", async () => "ops@example.com"],
  ])("is refused with an assertion that is %s", async (_, make) => {
    const { enter, audited } = await open();
    const token = await make();
    const { response, code } = await enter(token);
    expect([response.status, code]).toEqual([401, "INVALID_ASSERTION"]);
    expect(audited).toEqual([
      { action: "sign-in", actor: "unknown", outcome: "INVALID_ASSERTION" },
    ]);
  });

  // vibed-project/vibeD#44, oauth2-proxy/oauth2-proxy#3506, open-webui/open-webui#1347
  it("is nobody by a plain header, whatever it says", async () => {
    const { enter } = await open();
    const names = ["x-forwarded-user", "x-forwarded-email", "x-auth-request-email"];
    const cloudflare = "cf-access-authenticated-user-email";
    const plain = [...names, cloudflare].map((name) => [name, "ops@example.com"]);
    const { response, code } = await enter(undefined, Object.fromEntries(plain));
    expect([response.status, code]).toEqual([401, "NOT_SIGNED_IN"]);
  });

  it("is nobody to a server that was told of no proxy", async () => {
    const { origin, audited } = await startPeopleServer(() => undefined, { from: "127.0.0.1" });
    const { response } = await new Browser().enter(origin, {}, { [header]: await sign() });
    expect(response.status).toBe(401);
    expect(audited).toEqual([]);
  });

  it.each([
    ["has no role", {}, [403, "ROLE_MISSING"]],
    [
      "has an address that is not theirs",
      { email: "ops@example.com", email_verified: false },
      [403, "ROLE_MISSING"],
    ],
  ] as const)("is refused who %s", async (_, who, refusal) => {
    const { enter, audited } = await open();
    const { response, code } = await enter(
      await sign({ claims: { sub: "u-9", email: "n@x.test", ...who } }),
    );
    expect([response.status, code]).toEqual(refusal);
    expect(audited).toMatchObject([{ action: "sign-in", outcome: "ROLE_MISSING" }]);
  });

  it("is not who an identity provider's own token says without saying that it is verified", async () => {
    const { enter } = await open(roles, "authorization");
    const bearer = async (claims: object) => `Bearer ${await sign({ claims: { ...claims } })}`;
    expect((await enter(await bearer({}))).code).toBe("ROLE_MISSING");
    expect((await enter(await bearer({ email_verified: true }))).response.status).toBe(200);
  });

  it("gets no more of a body read than the page takes", async () => {
    const { origin } = await open();
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 64 * 1024;
        if (sent > 64 * 1024 * 1024) controller.close();
        else controller.enqueue(new Uint8Array(64 * 1024).fill(32));
      },
    });
    const headers = { "content-type": "application/json" };
    const init = { method: "POST", headers, body, duplex: "half" } as RequestInit;
    const response = await fetch(`${origin}/acc/session`, init).catch(() => undefined);
    if (response) expect(response.status).toBe(413);
    expect(sent).toBeLessThan(32 * 1024 * 1024);
  });

  it("is not found in a header that is none", () => {
    const options = { jwks: "https://keys.example.com", issuer, audience, roles };
    expect(() => proxyPeople({ ...options, header: "cf access" })).toThrow(/name of a header/);
  });

  // open-webui/open-webui#14406: the session of the person before stayed
  it("has a session of their own: it ends where the proxy signs for another", async () => {
    const { ask, enter } = await open();
    const { proof } = await enter(await sign());
    const other = await sign({ claims: { sub: "u-2", email: "v@x.test", groups: ["platform"] } });
    expect(await codeOf(await ask("/acc/state", other, proof))).toBe("PAGE_CLOSED");
    expect(await codeOf(await ask("/acc/state", await sign(), proof))).toBe("PAGE_CLOSED");
  });

  // fabriziosalmi/certmate#408, mlflow-oidc/mlflow-oidc-auth#242
  it("is out with the next request once the role is taken away", async () => {
    const table = { ...roles };
    const { ask, enter, audited } = await open(table);
    const token = await sign();
    const { proof } = await enter(token);
    expect((await ask("/acc/state", token, proof)).status).toBe(200);
    delete table["Ops@Example.com"];
    expect(await codeOf(await ask("/acc/state", token, proof))).toBe("ROLE_MISSING");
    expect(audited.at(-1)).toMatchObject({ action: "page", outcome: "ROLE_MISSING" });
    expect(await codeOf(await ask("/acc/state", token, proof))).toBe("PAGE_CLOSED");
  });

  it("needs what the proxy signs with each request, beside the session", async () => {
    const { browser, enter, origin } = await open();
    const { proof } = await enter(await sign());
    const headers = { "x-acc-page": proof };
    const answer = await browser.ask(`${origin}/acc/state`, { headers });
    expect(await codeOf(answer)).toBe("NOT_SIGNED_IN");
  });

  it("cannot be led to change keys by another site's page", async () => {
    const { ask, enter, origin } = await open();
    const token = await sign();
    const { proof } = await enter(token);
    const headers = { origin: "https://evil.example", "content-type": "application/json" };
    const init = { method: "POST", headers, body: JSON.stringify({ name: "evil" }) };
    expect((await ask("/acc/keys", token, proof, init)).status).toBe(403);
    const bare = await ask("/acc/keys", token, "", { method: "DELETE", headers: { origin } });
    expect(bare.status).toBe(401);
  });
});

it("does nothing that cannot be written down", async () => {
  const { jwks } = await startKeys();
  const people = proxyPeople({ header, jwks, issuer, audience, roles });
  const { origin } = await startPeopleServer(() => people, { isBroken: true });
  const { response, code } = await new Browser().enter(origin, {}, { [header]: await sign() });
  expect([response.status, code]).toEqual([503, "UNAVAILABLE"]);
});

it("revokes no key where that cannot be written down", async () => {
  const kept = keysInMemory();
  await kept.add({ name: "ci" });
  let isFull = false;
  const page = createPage({
    access: ownerOnly,
    keys: kept,
    audit: async () => {
      if (isFull) throw new Error("The disk is full.");
    },
  });
  onTestFinished(() => page.close());
  const ask = (path: string, init: RequestInit) =>
    page.fetch(new Request(`http://127.0.0.1:4141${path}`, init), { remoteAddress: "127.0.0.1" });
  const [, code] = page.link("http://127.0.0.1:4141").split("#enter=");
  const json = { "content-type": "application/json" };
  const init = { method: "POST", headers: json, body: JSON.stringify({ code }) };
  const entered = await ask("/acc/session", init);
  const { proof } = (await entered.json()) as { proof: string };
  const cookie = entered.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  const revoke = (name: string) =>
    ask(`/acc/keys/${name}`, { method: "DELETE", headers: { cookie, "x-acc-page": proof } });
  isFull = true;
  expect((await revoke("ci")).status).toBe(503);
  expect(await kept.list()).toHaveLength(1);
  isFull = false;
  expect((await revoke("other")).status).toBe(404);
  expect((await revoke("ci")).status).toBe(200);
  expect(await kept.list()).toEqual([]);
});
