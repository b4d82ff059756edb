import type { PriceFunction, ProviderStatus } from "@acc/dual-mode";
import type { Access } from "../contract/access.ts";
import type { Audit } from "../contract/audit.ts";
import type { People } from "../contract/people.ts";

/** The options of `createPage`. */
export interface PageOptions {
  /** Recognizes the owner when a link is requested: the server's access. */
  readonly access: Pick<Access, "identify">;
  /** Returns the state of each provider on this machine; called at most twice a minute. */
  readonly status?: () => Promise<readonly ProviderStatus[]>;
  /** The model names of the settings, which the page lists. */
  readonly models?: Readonly<Record<string, string | readonly string[]>>;
  /** The keys that can be made and revoked on the page; absent where there are none. */
  readonly keys?: PageKeys;
  /** Who else may see the page, from anywhere, and do what their roles allow. */
  readonly people?: People;
  /** Where browsers reach the server, as "https://acc.example.com": its cookies are `Secure` then. */
  readonly url?: string;
  /**
   * Records each administrative action, for example with `fileAudit`. An action that cannot be
   * recorded is refused.
   * @default nowhere
   */
  readonly audit?: Audit;
  /** The prices for the money saved by answers from the cache. */
  readonly prices?: PriceFunction;
  /** How many calls the page remembers. @default 500 */
  readonly maxCalls?: number;
  /** @default Date.now */
  readonly now?: () => number;
}

/** The operations of the page on keys. */
export interface PageKeys {
  /** A key whose record cannot be read is reported and left out. */
  list(onDamaged?: (error: { readonly message: string }) => void): Promise<readonly KeyView[]>;
  /** The whole key is shown once, and not stored. */
  add(ask: NewKey): Promise<{ readonly token: string }>;
  /** Whether there is this key; also true if that cannot be determined. */
  has(name: string): Promise<boolean>;
  /** Returns false if there was none. */
  revoke(name: string): Promise<boolean>;
}

/** The form in which a new key is requested. */
export interface NewKey {
  readonly name: string;
  readonly tenant?: string;
  readonly models?: readonly string[];
  /** Calls per minute. */
  readonly rpm?: number;
  /** Tokens per minute. */
  readonly tpm?: number;
  readonly budget?: { readonly usd: number; readonly per: "day" | "month" };
  /** Milliseconds since the epoch. */
  readonly expires?: number;
}

/** A key without its secrets. */
export interface KeyView extends NewKey {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly created?: number;
  /** The used part of its limits in their current windows. */
  readonly used?: KeyUse;
}

/** The used part of a key's limits in their current windows. */
export interface KeyUse {
  readonly calls?: number;
  readonly tokens?: number;
  readonly usd?: number;
}
