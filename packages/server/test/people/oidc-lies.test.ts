import { createServer } from "node:http";
import { exportJWK, SignJWT } from "jose";
import { describe, expect, it, onTestFinished } from "vitest";
import { oidcPeople } from "../../src/people/oidc-people.ts";
import { clientSecret } from "./issuer.ts";
import { listen } from "./listen.ts";
import { roles, signIn } from "./oidc-scene.ts";
import { Browser, startPeopleServer } from "./people-server.ts";
import { rsaPairs } from "./rsa-pairs.ts";

describe("an issuer that lies", () => {
  interface Lies {
    readonly claims?: Record<string, unknown>;
    readonly alg?: string;
    readonly key?: "other" | "secret" | "none";
  }

  /** Signs what it is told to, for whoever comes. */
  async function startLiar({ claims = {}, alg = "RS256", key }: Lies) {
    const [own, other] = await rsaPairs();
    let nonce = "";
    const http = createServer(async (request, response) => {
      const url = new URL(request.url ?? "", issuer);
      response.setHeader("content-type", "application/json");
      if (url.pathname === "/authorize") {
        nonce = url.searchParams.get("nonce") ?? "";
        const back = new URL(url.searchParams.get("redirect_uri") ?? "");
        back.searchParams.set("code", "a-code");
        back.searchParams.set("state", url.searchParams.get("state") ?? "");
        response.writeHead(302, { location: back.href }).end();
      } else if (url.pathname === "/token") {
        const said = { iss: issuer, aud: "acc", sub: "u-1", nonce, iat: now(), exp: now() + 60 };
        const token = new SignJWT({ ...said, ...verified, ...claims }).setProtectedHeader({
          alg,
          kid: "1",
        });
        const secret = new TextEncoder().encode(clientSecret);
        const half = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
        const bare = `${half({ alg: "none" })}.${half({ ...said, ...verified })}.`;
        const id_token =
          key === "none"
            ? bare
            : await token.sign(
                key === "secret" ? secret : (key === "other" ? other : own).privateKey,
              );
        response.end(JSON.stringify({ access_token: "opaque", token_type: "bearer", id_token }));
      } else if (url.pathname === "/jwks") {
        const jwk = { ...(await exportJWK(own.publicKey)), kid: "1", alg: "RS256", use: "sig" };
        response.end(JSON.stringify({ keys: [jwk] }));
      } else {
        response.end(
          JSON.stringify({
            issuer,
            authorization_endpoint: `${issuer}/authorize`,
            token_endpoint: `${issuer}/token`,
            jwks_uri: `${issuer}/jwks`,
          }),
        );
      }
    });
    const issuer = await listen(http);
    onTestFinished(async () => {
      http.closeAllConnections();
      http.close();
    });
    return issuer;
  }

  const now = () => Math.floor(Date.now() / 1000);
  const verified = { email: "ops@example.com", email_verified: true };

  it.each<[string, Lies, number]>([
    ["nothing wrong", {}, 302],
    ["another nonce", { claims: { nonce: "of-another-sign-in" } }, 401],
    ["no nonce", { claims: { nonce: undefined } }, 401],
    ["another audience", { claims: { aud: "another-client" } }, 401],
    ["another issuer", { claims: { iss: "https://accounts.example.com" } }, 401],
    ["an end that is over", { claims: { exp: now() - 3_600 } }, 401],
    ["a beginning that is to come", { claims: { nbf: now() + 3_600 } }, 401],
    ["another's signature", { key: "other" }, 401],
    ["the client's secret as its key", { key: "secret", alg: "HS256" }, 401],
    ["no signature", { key: "none" }, 401],
  ])("with %s", async (_, lies, status) => {
    const issuer = await startLiar(lies);
    const { origin, audited } = await startPeopleServer((url) =>
      oidcPeople({ issuer, clientId: "acc", clientSecret, url, roles }),
    );
    const back = await signIn(new Browser(), origin, "ops");
    expect(back.status).toBe(status);
    const outcome = status === 302 ? "ok" : "SIGN_IN_FAILED";
    expect(audited).toMatchObject([{ action: "sign-in", outcome }]);
  });
});
