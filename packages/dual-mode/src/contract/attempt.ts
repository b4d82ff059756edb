import type { Code } from "./code.ts";
import type { Mode } from "./mode.ts";
import type { Usage } from "./part.ts";

/** One attempt: a route, tried once. */
export interface Attempt {
  readonly provider: string;
  readonly mode: Mode;
  /** Where the credential came from (`login`, `env:NAME`, `store`, `option`, `none`), never its value. */
  readonly credential: string;
  readonly model: string;
  /** The failure's code; absent if the attempt answered. */
  readonly code?: Code;
  /** Why it failed, without any secret. */
  readonly reason?: string;
  /** How to fix it. */
  readonly fix?: string;
  /** HTTP status of the vendor's answer. */
  readonly status?: number;
  /** How long the vendor asked the caller to wait before the next request, in ms. */
  readonly retryAfter?: number;
  /** The vendor's own id of the request, which its support team asks for. */
  readonly requestId?: string;
  /** The usage that the vendor counted, and bills, although the attempt failed. */
  readonly usage?: Usage;
  /** Set if a standby process of the CLI took the call: see the option `standby`. */
  readonly warm?: true;
  /** The duration in ms; 0 for a route that could not be started. */
  readonly ms: number;
}
