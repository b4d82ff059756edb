import type { Client } from "@acc/dual-mode";
import type { Access, RequestInfo } from "./access.ts";
import type { CallRecord } from "./call-record.ts";

/** The options of `createServer`. */
export interface ServerOptions {
  /**
   * The clients to call, by the name before the slash of `provider/model`. The server does not
   * close them.
   */
  readonly clients: Readonly<Record<string, Client>>;
  /**
   * Names and patterns (`*` matches anything), each with the `provider/model` to call, or with
   * several that are tried in turn.
   */
  readonly models?: Readonly<Record<string, string | readonly string[]>>;
  readonly access: Access;
  /** Names that `Host` may have, besides those of loopback. The port may be omitted. */
  readonly hosts?: readonly string[];
  /**
   * Origins whose pages may send requests, as "https://app.example".
   * @default only the server's own
   */
  readonly origins?: readonly string[];
  /** Largest body of a request, in bytes. @default 33_554_432 (32 MiB) */
  readonly maxBodyBytes?: number;
  /** Largest number of calls in flight; one more is refused with 503. @default 1024 */
  readonly maxCalls?: number;
  /**
   * Milliseconds of silence after which a keep-alive is sent on a stream. A stream that has not
   * begun by then begins with it, so a failure after it has no HTTP status of its own.
   * @default 15_000
   */
  readonly keepAlive?: number;
  /**
   * A token that may only read `/metrics`; at least 32 characters.
   * @default only the owner may read them
   */
  readonly metricsToken?: string;
  /** Called for each call when it ends. */
  readonly onCall?: (call: CallRecord) => void;
  /** Whether call records contain the prompt. @default false */
  readonly keepPrompts?: boolean;
  /** Answers requests to `/` and `/acc/…`. */
  readonly page?: Page;
}

/**
 * Answers requests to `/` and `/acc/…`, once Host and Origin have been checked; it authenticates
 * its readers itself.
 */
export interface Page {
  fetch(request: Request, info?: RequestInfo): Response | Promise<Response>;
  close?(): Promise<void>;
}

/** A request handler for any HTTP server. */
export interface Server {
  /** Answers a request; never rejects. */
  fetch(request: Request, info?: RequestInfo): Promise<Response>;
  /**
   * Refuses new calls at once, and waits for those in flight. Once `signal` is aborted, the calls
   * that are still in flight are aborted.
   */
  close(options?: { readonly signal?: AbortSignal }): Promise<void>;
}
