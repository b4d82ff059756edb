import type { PriceFunction, ProviderStatus } from "@acc/dual-mode";
import type { Access } from "../contract/access.ts";
import type { Audit } from "../contract/audit.ts";
import type { People } from "../contract/people.ts";

/** What `createPage` takes. */
export interface PageOptions {
  /** Tells the owner from others where a link is asked for: the access that the server has. */
  readonly access: Pick<Access, "identify">;
  /** What this machine has of each provider; asked at most twice a minute. */
  readonly status?: () => Promise<readonly ProviderStatus[]>;
  /** Names that the settings give models, which the page lists. */
  readonly models?: Readonly<Record<string, string | readonly string[]>>;
  /** The keys that can be made and revoked on the page; absent where there are none. */
  readonly keys?: PageKeys;
  /** Who else may see the page, from wherever they are, and do what their roles say. */
  readonly people?: People;
  /** Where browsers reach the server, as "https://acc.example.com": its cookies are `Secure` then. */
  readonly url?: string;
  /**
   * Where each administrative act is written down: `fileAudit`. What cannot be written down is refused.
   * @default nowhere
   */
  readonly audit?: Audit;
  /** What an answer of the cache would have cost, for the money saved. */
  readonly prices?: PriceFunction;
  /** How many calls the page remembers. @default 500 */
  readonly maxCalls?: number;
  /** @default Date.now */
  readonly now?: () => number;
}

/** What the page can do with keys. */
export interface PageKeys {
  /** A key whose record cannot be read is told, and left out. */
  list(onDamaged?: (error: { readonly message: string }) => void): Promise<readonly KeyView[]>;
  /** The whole key is shown once, and kept nowhere. */
  add(ask: NewKey): Promise<{ readonly token: string }>;
  /** Of this key alone; true also where it cannot be told. */
  has(name: string): Promise<boolean>;
  /** Gives false where there was none. */
  revoke(name: string): Promise<boolean>;
}

/** What a key may use, and how it is asked for. */
export interface NewKey {
  readonly name: string;
  readonly tenant?: string;
  readonly models?: readonly string[];
  /** Calls a minute. */
  readonly rpm?: number;
  /** Tokens a minute. */
  readonly tpm?: number;
  readonly budget?: { readonly usd: number; readonly per: "day" | "month" };
  /** Milliseconds since the epoch. */
  readonly expires?: number;
}

/** A key as it is shown: nothing of it could be used. */
export interface KeyView extends NewKey {
  readonly id: string;
  /** Milliseconds since the epoch. */
  readonly created?: number;
  /** What it has used of its limits in their present windows. */
  readonly used?: KeyUse;
}

/** What a key has used of its limits in their present windows. */
export interface KeyUse {
  readonly calls?: number;
  readonly tokens?: number;
  readonly usd?: number;
}
