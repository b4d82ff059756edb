import type { Code } from "./code.ts";
import type { Mode } from "./mode.ts";
import type { Usage } from "./part.ts";

/** One route tried once. */
export interface Attempt {
  readonly provider: string;
  readonly mode: Mode;
  /** Where the credential came from (`login`, `env:NAME`, `store`, `option`, `none`), never its value. */
  readonly credential: string;
  readonly model: string;
  /** Absent where the attempt answered. */
  readonly code?: Code;
  /** Why it failed, without any secret. */
  readonly reason?: string;
  /** What the reader can do about it. */
  readonly fix?: string;
  /** HTTP status of the vendor's answer. */
  readonly status?: number;
  /** Milliseconds after which the vendor said to ask again. */
  readonly retryAfter?: number;
  /** The vendor's own id of the request, which its support asks for. */
  readonly requestId?: string;
  /** What the vendor counted of an attempt that failed all the same: it asks money for it. */
  readonly usage?: Usage;
  /** A process of the CLI that had been started ahead took it: see the option `standby`. */
  readonly warm?: true;
  /** Milliseconds it took; 0 for a route that could not be begun. */
  readonly ms: number;
}
