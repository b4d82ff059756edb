import type { Client } from "@acc/dual-mode";
import type { Access, RequestInfo } from "./access.ts";
import type { CallRecord } from "./call-record.ts";

/** What `createServer` takes. */
export interface ServerOptions {
  /** Whom to ask, by the name that comes before the slash of `provider/model`. They stay open. */
  readonly clients: Readonly<Record<string, Client>>;
  /**
   * Names and patterns (`*` is anything), each with the `provider/model` that is asked, or several
   * that are asked in turn.
   */
  readonly models?: Readonly<Record<string, string | readonly string[]>>;
  readonly access: Access;
  /** Names that `Host` may have, besides those of loopback. A port need not be named. */
  readonly hosts?: readonly string[];
  /** Origins whose pages may ask, as "https://app.example". @default none but the server's own */
  readonly origins?: readonly string[];
  /** Bytes of a request's body. @default 33_554_432 (32 MiB) */
  readonly maxBodyBytes?: number;
  /** Calls in flight at once; one more is refused with 503. @default 1024 */
  readonly maxCalls?: number;
  /**
   * Milliseconds of silence after which a stream is given a sign of life. One that has not begun by
   * then begins with it, so that a failure behind it has no status of its own. @default 15_000
   */
  readonly keepAlive?: number;
  /** Whoever has it may read `/metrics`, and no more: 32 characters at least. @default the owner alone */
  readonly metricsToken?: string;
  /** Told of each call as it ends. */
  readonly onCall?: (call: CallRecord) => void;
  /** Whether call records have the prompt. @default false */
  readonly keepPrompts?: boolean;
  /** What is served at `/` and `/acc/…`. */
  readonly page?: Page;
}

/** What answers `/` and `/acc/…`, asked once Host and Origin have been checked; it knows its own readers. */
export interface Page {
  fetch(request: Request, info?: RequestInfo): Response | Promise<Response>;
  close?(): Promise<void>;
}

/** A handler of requests, for whatever serves them. */
export interface Server {
  /** Answers a request; it never rejects. */
  fetch(request: Request, info?: RequestInfo): Promise<Response>;
  /**
   * Refuses new calls at once, and waits for those in flight.
   * `signal` ends the wait: what is still in flight is then aborted.
   */
  close(options?: { readonly signal?: AbortSignal }): Promise<void>;
}
