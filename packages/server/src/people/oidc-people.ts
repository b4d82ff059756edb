import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from "openid-client";
import type { Refusal } from "../contract/access.ts";
import type { OidcPeople } from "../contract/people.ts";
import { checkAddress, checkText, isHere } from "./check-address.ts";
import { identityOf } from "./identity-of.ts";
import { LoginTickets } from "./login-ticket.ts";
import { permissionsBy, type Roles } from "./roles.ts";

/** The identity provider at which people sign in (OpenID Connect). */
export interface OidcPeopleOptions {
  /** The provider's address, without `/.well-known/openid-configuration`. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /**
   * The address at which people reach this server; the provider sends them back to
   * `/acc/login/callback` there.
   */
  readonly url: string;
  /** @default ["openid", "email"] */
  readonly scopes?: readonly string[];
  /** The claim that contains the groups. @default "groups" */
  readonly groups?: string;
  /**
   * Whether to accept an e-mail address that the provider calls neither verified nor unverified, as
   * with Entra ID. If people can set their own address there, anybody can pose as anybody.
   * @default false
   */
  readonly trustEmail?: boolean;
  readonly roles: Roles;
  /** Receives why somebody could not sign in, as the library's error; it never contains a token. */
  readonly onError?: (error: unknown) => void;
}

/** Seconds within which the provider must send each answer. */
const patience = 10;

/**
 * Lets people sign in at an identity provider, by the authorization code flow with PKCE, state and
 * nonce; the ID token's signature is checked. The provider is looked up at the first sign-in.
 *
 * @throws AccessError `INVALID_OPTION`
 */
export function oidcPeople(options: OidcPeopleOptions): OidcPeople {
  const { onError = () => {}, scopes = ["openid", "email"], trustEmail = false } = options;
  const issuer = checkAddress("issuer", options.issuer);
  const callback = new URL("/acc/login/callback", checkAddress("url", options.url));
  for (const name of ["clientId", "clientSecret"] as const) checkText(name, options[name]);
  const tickets = new LoginTickets();
  const permissions = permissionsBy(options.roles);
  const claimOptions = { trustEmail, ...(options.groups && { groups: options.groups }) };
  let known: Promise<Configuration> | undefined;
  const provider = () => {
    known ??= lookUp(issuer, options).catch((error) => {
      known = undefined;
      throw error;
    });
    return known;
  };
  return {
    kind: "oidc",
    permissions,
    async begin() {
      const expected = {
        state: randomState(),
        nonce: randomNonce(),
        verifier: randomPKCECodeVerifier(),
      };
      try {
        const location = buildAuthorizationUrl(await provider(), {
          redirect_uri: callback.href,
          scope: [...new Set(["openid", ...scopes])].join(" "),
          state: expected.state,
          nonce: expected.nonce,
          code_challenge: await calculatePKCECodeChallenge(expected.verifier),
          code_challenge_method: "S256",
        });
        return { location: location.href, ticket: await tickets.seal(expected) };
      } catch (error) {
        onError(error);
        return unavailable;
      }
    },
    async finish({ search, searchParams }, ticket) {
      const expected = await tickets.take(ticket, searchParams.get("state"));
      if (expected === undefined) return notBegun;
      if (searchParams.has("error")) return denied;
      try {
        const address = new URL(search, callback);
        const claims = await claimsOf(await provider(), address, expected, options.groups);
        const person = identityOf(claims, claimOptions);
        if (person === undefined) return failed;
        const isUnverified = typeof claims.email === "string" && person.email === undefined;
        return isUnverified && (await permissions(person)).size === 0 ? unverified : person;
      } catch (error) {
        onError(error);
        return failed;
      }
    },
  };
}

async function lookUp(issuer: URL, { clientId, clientSecret }: OidcPeopleOptions) {
  const execute = [enableNonRepudiationChecks, ...(isHere(issuer) ? [allowInsecureRequests] : [])];
  return discovery(issuer, clientId, clientSecret, undefined, { execute, timeout: patience });
}

/**
 * Returns the claims of the ID token; missing ones are read from the userinfo endpoint. GitLab
 * returns groups only there, and others whether an address is verified.
 */
async function claimsOf(
  provider: Configuration,
  address: URL,
  { state, nonce, verifier }: { state: string; nonce: string; verifier: string },
  groups = "groups",
): Promise<Record<string, unknown>> {
  const tokens = await authorizationCodeGrant(provider, address, {
    expectedState: state,
    expectedNonce: nonce,
    pkceCodeVerifier: verifier,
    idTokenExpected: true,
  });
  const claims = { ...tokens.claims() };
  const { userinfo_endpoint: more } = provider.serverMetadata();
  const isWhole = ["email", "email_verified", groups].every((name) => claims[name] !== undefined);
  if (isWhole || more === undefined || claims.sub === undefined) return claims;
  const asked = await fetchUserInfo(provider, tokens.access_token, claims.sub);
  return { ...asked, ...claims };
}

const unavailable: Refusal = {
  status: 503,
  code: "SIGN_IN_UNAVAILABLE",
  message: "The identity provider does not answer, so nobody can sign in right now.",
};
const notBegun: Refusal = {
  status: 401,
  code: "SIGN_IN_EXPIRED",
  message: "This sign-in was not started in this browser, was used before, or took too long.",
};
const denied: Refusal = {
  status: 401,
  code: "SIGN_IN_DENIED",
  message: "The identity provider did not sign you in.",
};
const failed: Refusal = {
  status: 401,
  code: "SIGN_IN_FAILED",
  message: "The identity provider's answer is not valid.",
};
const unverified: Refusal = {
  status: 403,
  code: "EMAIL_NOT_VERIFIED",
  message: "The identity provider does not say that your e-mail address is yours. Verify it there.",
};
