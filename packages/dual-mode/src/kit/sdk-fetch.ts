import type { RunContext } from "../contract/mode-context.ts";
import { createFetch, type FetchOptions } from "../http/create-fetch.ts";
import { type KeyOwner, routeKey } from "./route-key.ts";

/** What one use of an SDK asks for. */
export interface SdkAsked extends Pick<FetchOptions, "asEvents"> {
  /** @default "text/event-stream" */
  readonly accept?: "application/json" | "text/event-stream";
  /** Bytes of all its answers together. @default 64 MiB */
  readonly maxBytes?: number;
  /** Forms are sent: `fetch` itself writes their type, which has the bound of the parts. */
  readonly upload?: boolean;
  /** Headers besides. */
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * `createFetch` for an SDK whose vendor takes its key as a bearer: the header of the route's key is
 * sent, whatever key the SDK was told.
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
