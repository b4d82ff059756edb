import type { Refusal } from "./access.ts";

/**
 * What somebody may do: see the page (`page`), make and revoke keys (`keys`), see what was asked where
 * the server keeps it (`texts`).
 */
export type Permission = "page" | "keys" | "texts";

/** Somebody whom an identity provider, or a proxy in front of the server, vouches for. */
export interface Identity {
  /** The provider's own name for them, which never changes: the claim `sub`. */
  readonly subject: string;
  /** In lower case; only where the provider says that it is theirs. */
  readonly email?: string;
  readonly groups: readonly string[];
}

/** A proxy in front of the server signs whom it let through, with each request. */
export interface ProxyPeople {
  readonly kind: "proxy";
  /** Who sent a request; refused where its assertion is absent or not good. */
  identify(request: Request): Promise<Identity | Refusal>;
  permissions(person: Identity): Promise<ReadonlySet<Permission>>;
}

/** What takes a browser to the identity provider. */
export interface SignIn {
  readonly location: string;
  /** What the browser keeps until it is back; nobody else can make one. */
  readonly ticket: string;
}

/** People sign in at an identity provider, which sends their browsers back to `/acc/login/callback`. */
export interface OidcPeople {
  readonly kind: "oidc";
  begin(): Promise<SignIn | Refusal>;
  /** Who came back; the ticket is that of the same browser, and good once. */
  finish(address: URL, ticket: string): Promise<Identity | Refusal>;
  permissions(person: Identity): Promise<ReadonlySet<Permission>>;
}

/** Who, besides the owner, may see the page and change keys: `proxyPeople` or `oidcPeople`. */
export type People = ProxyPeople | OidcPeople;
