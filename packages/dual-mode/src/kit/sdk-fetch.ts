import type { RunContext } from "../contract/mode-context.ts";
import { createFetch, type FetchOptions } from "../http/create-fetch.ts";
import { type KeyOwner, routeKey } from "./route-key.ts";

/** Options for one use of an SDK. */
export interface SdkAsked extends Pick<FetchOptions, "asEvents"> {
  /** @default "text/event-stream" */
  readonly accept?: "application/json" | "text/event-stream";
  /**
   * The most bytes of all its answers together.
   *
   * @default 64 MiB
   */
  readonly maxBytes?: number;
  /**
   * Whether forms are sent: `fetch` then sets the content type, which names the boundary of the
   * parts.
   */
  readonly upload?: boolean;
  /** Further headers. */
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * Returns `createFetch` for an SDK whose vendor takes its key as a bearer token: the route's key is
 * sent, whatever key the SDK was given.
 *
 * @throws {@link DualModeError} `MISSING_CREDENTIALS`
 */
export function sdkFetch(
  context: RunContext<object>,
  owner: KeyOwner,
  {
    accept = "text/event-stream",
    maxBytes,
    upload = false,
    headers,
    asEvents = false,
  }: SdkAsked = {},
): typeof fetch {
  return createFetch(context, {
    ...(maxBytes !== undefined && { maxBytes }),
    asEvents,
    headers: {
      accept,
      ...headers,
      authorization: `Bearer ${routeKey(context, owner)}`,
      ...(!upload && { "content-type": "application/json" }),
    },
  });
}
