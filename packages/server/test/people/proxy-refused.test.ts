import { exportSPKI, SignJWT } from "jose";
import { describe, expect, it } from "vitest";
import { proxyPeople } from "../../src/people/proxy-people.ts";
import { Browser, startPeopleServer } from "./people-server.ts";
import { audience, header, issuer, proxyScene, roles } from "./proxy-scene.ts";
import type { Pair } from "./rsa-pairs.ts";

const scene = proxyScene();
const { sign, open } = scene;
const half = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

const claims = () => ({
  ...{ sub: "u-1", email: "ops@example.com", iss: issuer, aud: audience },
  exp: Math.floor(Date.now() / 1000) + 300,
});

describe("who comes through a proxy", () => {
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
});
