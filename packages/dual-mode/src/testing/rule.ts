import type { Client, ClientOptions } from "../contract/client.ts";
import type { Mode } from "../contract/mode.ts";
import type { Stage } from "./stage.ts";

/** What a rule needs for its check. */
export interface Ground {
  readonly stage: Stage;
  /** The key of every client. */
  readonly key: string;
  /**
   * Makes a client of the provider, which is closed after the rule. An option that is undefined is
   * left out.
   */
  client(options?: Changes): Client;
}

/** Changes to the options that every client gets. */
export type Changes = { readonly [Name in keyof ClientOptions]?: ClientOptions[Name] | undefined };

/** One rule of the contract. */
export interface Rule {
  readonly name: string;
  /** What breaks for a user if a provider does not keep the rule. */
  readonly purpose: string;
  /**
   * The one mode to which it applies.
   *
   * @default both
   */
  readonly mode?: Mode;
  /** The member that the author's wire or setup must have; without it, the rule is not checked. */
  readonly needs?: "tooOld" | "loggedOut" | "signOfLife" | "reasons" | "limits" | "holds";
  check(ground: Ground): Promise<void>;
}
