import { unreadable } from "../foreign/unreadable.ts";
import { refuseDeepJson } from "../text/nesting.ts";
import type { ServerSentEvent } from "./event-lines.ts";

/**
 * Data that servers and gateways send to keep a connection open, and the data that ends a stream.
 */
const noData = /^(:.*|\[?(ping|pong|keep-?_?alive|heartbeat)\]?|\[DONE\])?$/is;

/** Whether an event is the `[DONE]` with which servers of chat completions end a stream. */
export function isDone({ data }: ServerSentEvent): boolean {
  return data.length < 16 && data.trim() === "[DONE]";
}

/**
 * The JSON that an event holds; undefined where it only keeps the connection open, or is `[DONE]`.
 *
 * @param who As the subject of a sentence: "Example's API".
 * @throws {@link DualModeError} `INVALID_OUTPUT`
 */
export function eventJson({ data }: ServerSentEvent, who: string): unknown {
  const first = data.charCodeAt(0);
  if (first !== 0x7b && first !== 0x5b && noData.test(data.trim())) return undefined;
  refuseDeepJson(data);
  try {
    return JSON.parse(data);
  } catch (cause) {
    if (noData.test(data.trim())) return undefined;
    throw unreadable(who, "an event that is not JSON", cause);
  }
}
