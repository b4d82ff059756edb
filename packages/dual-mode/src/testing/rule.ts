import type { Client, ClientOptions } from "../contract/client.ts";
import type { Mode } from "../contract/mode.ts";
import type { Stage } from "./stage.ts";

/** What a rule is checked with. */
export interface Ground {
  readonly stage: Stage;
  /** The key that every client is made with. */
  readonly key: string;
  /** Makes a client of the provider; it is closed after the rule. With undefined an option is left out. */
  client(options?: Changes): Client;
}

/** What a rule changes in the options that every client is made with. */
export type Changes = { readonly [Name in keyof ClientOptions]?: ClientOptions[Name] | undefined };

/** One rule of the contract. */
export interface Rule {
  readonly name: string;
  /** What breaks for a user where a provider does not keep it. */
  readonly purpose: string;
  /** The one mode that it is for. @default both */
  readonly mode?: Mode;
  /** What the author's wire or setup must say; where it is not said, the rule is not checked. */
  readonly needs?: "tooOld" | "loggedOut" | "signOfLife" | "reasons" | "limits" | "holds";
  check(ground: Ground): Promise<void>;
}
