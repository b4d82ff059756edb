import { DualModeError, type JsonObject } from "@acc/dual-mode/provider";
import type Anthropic from "@anthropic-ai/sdk";

type Fits = (value: unknown) => boolean;

const isText: Fits = (value) => typeof value === "string";
const isObject: Fits = (value) => typeof value === "object" && value !== null;
const isAbsentOr =
  (fits: Fits): Fits =>
  (value) =>
    value === undefined || value === null || fits(value);

/**
 * The required members, by the type of an event, a block or a piece; other members are not read.
 */
const members: ReadonlyMap<unknown, Readonly<Record<string, Fits>>> = new Map<
  unknown,
  Readonly<Record<string, Fits>>
>([
  ["message_start", { message: isObject }],
  ["message", { id: isAbsentOr(isText), model: isAbsentOr(isText), usage: isAbsentOr(isObject) }],
  ["content_block_start", { content_block: isObject }],
  ["tool_use", { id: isText, name: isText }],
  ["content_block_delta", { delta: isObject }],
  ["text_delta", { text: isText }],
  ["thinking_delta", { thinking: isText }],
  ["signature_delta", { signature: isText }],
  ["input_json_delta", { partial_json: isText }],
  ["message_delta", { delta: isAbsentOr(isObject), usage: isAbsentOr(isObject) }],
  ["end", { stop_reason: isAbsentOr(isText) }],
]);

/**
 * Validates an event of the Messages API that the CLI passed on.
 * @throws {@link DualModeError} `INVALID_OUTPUT` if it has another form.
 */
export function checkedEvent(value: unknown): Anthropic.RawMessageStreamEvent {
  const event = checked("an event", value);
  checked(event.type, event);
  if (event.type === "message_start") checked("message", event.message);
  if (event.type === "content_block_start") checkedByType(event.content_block);
  if (event.type === "content_block_delta") checkedByType(event.delta);
  if (event.type === "message_delta") checked("end", event.delta ?? {});
  return event as unknown as Anthropic.RawMessageStreamEvent;
}

function checkedByType(value: unknown): void {
  const { type } = checked("a piece", value);
  checked(type, value);
}

function checked(kind: unknown, value: unknown): JsonObject {
  if (!isObject(value)) throw wrong(kind);
  const object = value as JsonObject;
  for (const [name, fits] of Object.entries(members.get(kind) ?? {})) {
    if (!fits(object[name])) throw wrong(`${name} of ${kind}`);
  }
  return object;
}

function wrong(what: unknown): DualModeError {
  const message = `Claude's CLI passed on ${String(what)} in another form than the API's.`;
  return new DualModeError("INVALID_OUTPUT", message);
}
