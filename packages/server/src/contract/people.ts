import type { Refusal } from "./access.ts";

/**
 * What a person may do: see the page (`page`), make and revoke keys (`keys`), see the prompts that
 * the server keeps (`texts`).
 */
export type Permission = "page" | "keys" | "texts";

/** A person for whom an identity provider, or a proxy in front of the server, vouches. */
export interface Identity {
  /** The provider's own name for the person, which never changes: the claim `sub`. */
  readonly subject: string;
  /** In lower case; absent unless the provider vouches that it is the person's. */
  readonly email?: string;
  readonly groups: readonly string[];
}

/** A proxy in front of the server that signs, in each request, whom it let through. */
export interface ProxyPeople {
  readonly kind: "proxy";
  /** Returns who sent a request; refused if its assertion is missing or not valid. */
  identify(request: Request): Promise<Identity | Refusal>;
  permissions(person: Identity): Promise<ReadonlySet<Permission>>;
}

/** Where to send a browser to sign in at the identity provider. */
export interface SignIn {
  readonly location: string;
  /** What the browser keeps until it returns; only this server can make one. */
  readonly ticket: string;
}

/** A sign-in at an identity provider, which sends browsers back to `/acc/login/callback`. */
export interface OidcPeople {
  readonly kind: "oidc";
  begin(): Promise<SignIn | Refusal>;
  /** Returns who signed in. The ticket must come from the same browser, and is accepted once. */
  finish(address: URL, ticket: string): Promise<Identity | Refusal>;
  permissions(person: Identity): Promise<ReadonlySet<Permission>>;
}

/**
 * The people who, besides the owner, may see the page and change keys: `proxyPeople` or
 * `oidcPeople`.
 */
export type People = ProxyPeople | OidcPeople;
