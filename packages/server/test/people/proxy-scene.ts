import { createServer } from "node:http";
import { exportJWK, SignJWT } from "jose";
import { beforeAll, onTestFinished } from "vitest";
import type { People } from "../../src/contract/people.ts";
import { proxyPeople } from "../../src/people/proxy-people.ts";
import type { Roles } from "../../src/people/roles.ts";
import { listen } from "./listen.ts";
import { Browser, startPeopleServer } from "./people-server.ts";
import { type Pair, rsaPairs } from "./rsa-pairs.ts";

export const header = "cf-access-jwt-assertion";
export const issuer = "https://team.cloudflareaccess.com";
export const audience = "the-tag-of-the-application";

export const roles: Record<string, Roles[string]> = {
  "Ops@Example.com": "admin",
  "group:platform": "viewer",
  "sub:u-7": ["texts"],
};

export interface Changes {
  readonly claims?: Record<string, unknown>;
  readonly kid?: string;
  readonly key?: Pair;
  readonly issuer?: string;
  readonly audience?: string;
  readonly expires?: string | number;
  readonly notBefore?: string;
}

export function proxyScene() {
  let [first, second]: Pair[] = [];

  beforeAll(async () => {
    [first, second] = await rsaPairs();
  });

  /** What serves a proxy's public keys, and counts how often it is asked. */
  async function startKeys() {
    const published = new Map<string, Pair>([["first", first as Pair]]);
    const asked = { times: 0, isDown: false };
    const http = createServer(async (_, response) => {
      asked.times += 1;
      const all = [...published].map(async ([kid, { publicKey }]) => ({
        ...(await exportJWK(publicKey)),
        ...{ kid, alg: "RS256", use: "sig" },
      }));
      response.statusCode = asked.isDown ? 500 : 200;
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ keys: await Promise.all(all) }));
    });
    const jwks = await listen(http);
    onTestFinished(async () => {
      http.closeAllConnections();
      http.close();
    });
    return { jwks, published, asked };
  }

  function sign({ claims = {}, kid = "first", key = first, ...changes }: Changes = {}) {
    const token = new SignJWT({ sub: "u-1", email: "ops@example.com", ...claims })
      .setProtectedHeader({ alg: "RS256", kid })
      .setIssuer(changes.issuer ?? issuer)
      .setAudience(changes.audience ?? audience)
      .setExpirationTime(changes.expires ?? "5m");
    if (changes.notBefore !== undefined) token.setNotBefore(changes.notBefore);
    return token.sign((key as Pair).privateKey);
  }

  async function open(given: Roles = roles, name: string = header) {
    const keys = await startKeys();
    const people: People = proxyPeople({
      header: name,
      jwks: keys.jwks,
      issuer,
      audience,
      roles: given,
    });
    const server = await startPeopleServer(() => people);
    const browser = new Browser();
    const enter = (token?: string, more: Record<string, string> = {}) =>
      browser.enter(server.origin, {}, { ...more, ...(token !== undefined && { [name]: token }) });
    const ask = async (path: string, token: string, proof: string, init: RequestInit = {}) =>
      browser.ask(`${server.origin}${path}`, {
        ...init,
        headers: { ...init.headers, [name]: token, "x-acc-page": proof },
      });
    return { ...keys, ...server, browser, enter, ask };
  }

  return {
    get first() {
      return first;
    },
    get second() {
      return second;
    },
    startKeys,
    sign,
    open,
  };
}

/** The code of a refusal. */
export const codeOf = async (response: Response) =>
  ((await response.json()) as { error: { code: string } }).error.code;
