import { unreadable } from "../foreign/unreadable.ts";
import { foreignText } from "../text/foreign-text.ts";
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
 * Returns the JSON of an event; undefined if it only keeps the connection open, or is `[DONE]`. An
 * error event that is not JSON is returned as `{ type: "error", error: { message } }`.
 *
 * @param who As the subject of a sentence: "Example's API".
 * @throws {@link DualModeError} `INVALID_OUTPUT`
 */
export function eventJson({ event, data }: ServerSentEvent, who: string): unknown {
  if (event === "error") return toldError(data);
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

function toldError(data: string): object {
  refuseDeepJson(data);
  try {
    const told: unknown = JSON.parse(data);
    if (typeof told === "object" && told !== null) return told;
  } catch {
    // The text itself is the message.
  }
  return { type: "error", error: { message: foreignText(data) } };
}
