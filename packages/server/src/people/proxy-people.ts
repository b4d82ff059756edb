import { createRemoteJWKSet, errors, jwtVerify } from "jose";
import { AccessError } from "../access/access-error.ts";
import type { Refusal } from "../contract/access.ts";
import type { ProxyPeople } from "../contract/people.ts";
import { checkAddress, checkText } from "./check-address.ts";
import { identityOf } from "./identity-of.ts";
import { permissionsBy, type Roles } from "./roles.ts";

/** How to check what the proxy signs. */
export interface ProxyPeopleOptions {
  /** The header that contains the signed assertion, as "cf-access-jwt-assertion". */
  readonly header: string;
  /** The address of the proxy's public keys (a JWKS). */
  readonly jwks: string;
  /** The required value of `iss`. */
  readonly issuer: string;
  /** The required value of `aud`: the application to which the proxy let somebody in. */
  readonly audience: string;
  /** The claim that contains the groups. @default "groups" */
  readonly groups?: string;
  readonly roles: Roles;
}

/**
 * Only algorithms whose keys are public: with any other, a public key would serve as the secret.
 */
const algorithms = [
  ...["RS256", "RS384", "RS512", "PS256", "PS384", "PS512"],
  ...["ES256", "ES384", "ES512", "EdDSA", "Ed25519"],
];
/** Seconds by which two clocks may differ. */
const clockTolerance = 10;

/**
 * Identifies people whom a proxy in front of the server lets through: Cloudflare Access, Google's
 * IAP, Pomerium, or oauth2-proxy with the identity provider's own token. Each request must carry
 * what the proxy signed; a plain header is never trusted. An e-mail address in an identity
 * provider's own token (`authorization`) counts only if the token says that it is verified. Keys
 * are fetched when they are needed, kept for ten minutes, and fetched again for an unknown key, at
 * most twice a minute.
 *
 * @throws AccessError `INVALID_OPTION`
 */
export function proxyPeople(options: ProxyPeopleOptions): ProxyPeople {
  const { header, issuer, audience, groups } = options;
  const jwks = checkAddress("jwks", options.jwks);
  for (const name of ["header", "issuer", "audience"] as const) checkText(name, options[name]);
  if (!/^[\w-]+$/.test(header)) {
    const message = `header has to be the name of a header, and is ${JSON.stringify(header)}.`;
    throw new AccessError("INVALID_OPTION", message);
  }
  // A proxy's own assertion names somebody whom the proxy knows; an identity provider's token can
  // be anybody's.
  const trustEmail = header.toLowerCase() !== "authorization";
  const keys = createRemoteJWKSet(jwks, { timeoutDuration: 5_000 });
  return {
    kind: "proxy",
    permissions: permissionsBy(options.roles),
    async identify(request) {
      const token = request.headers.get(header)?.replace(/^Bearer +/i, "");
      if (!token) return missing(header);
      try {
        const { payload } = await jwtVerify(token, keys, {
          ...{ algorithms, issuer, audience, clockTolerance },
          requiredClaims: ["exp", "sub"],
        });
        const person = identityOf(payload, { trustEmail, ...(groups && { groups }) });
        return person ?? notGood("it names nobody");
      } catch (error) {
        return refusalOf(error);
      }
    },
  };
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof errors.JWTExpired) return notGood("it has expired");
  if (error instanceof errors.JWTClaimValidationFailed) {
    return notGood(`its claim ${error.claim} is not what it has to be`);
  }
  const isToken =
    error instanceof errors.JOSEError &&
    !(error instanceof errors.JWKSTimeout) &&
    error.code !== "ERR_JOSE_GENERIC";
  if (isToken) return notGood("its signature is not the proxy's");
  const message = "The proxy's keys cannot be fetched, so nobody can sign in right now.";
  return { status: 503, code: "SIGN_IN_UNAVAILABLE", message, retryAfter: 5_000 };
}

function missing(header: string): Refusal {
  const message = `The request has no ${header}: it did not come through the proxy.`;
  return { status: 401, code: "NOT_SIGNED_IN", message };
}

function notGood(why: string): Refusal {
  const message = `The assertion of the proxy is not valid: ${why}.`;
  return { status: 401, code: "INVALID_ASSERTION", message };
}
