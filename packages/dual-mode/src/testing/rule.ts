import type { Client, ClientOptions } from "../contract/client.ts";
import type { Mode } from "../contract/mode.ts";
import type { Stage } from "./stage.ts";

/** What a rule is checked with. */
export interface Ground {
  readonly stage: Stage;
  /** The key that every client is made with. */
  readonly key: string;
  /** Makes a client of the provider; it is closed after the rule. */
  client(options?: ClientOptions): Client;
}

/** One rule of the contract. */
export interface Rule {
  readonly name: string;
  /** What breaks for a user where a provider does not keep it. */
  readonly purpose: string;
  /** The one mode that it is for. @default both */
  readonly mode?: Mode;
  check(ground: Ground): Promise<void>;
}
