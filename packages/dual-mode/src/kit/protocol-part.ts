import type { JsonObject } from "../cli/json-objects.ts";
import type { FinishReason, Part, Source } from "../contract/part.ts";
import { DualModeError } from "../error.ts";
import { givenCounts, isMembers } from "../foreign/guards.ts";
import { checkedInput } from "../foreign/tool-input.ts";
import { protocolLimits } from "./protocol-limits.ts";

/** Converts a line of docs/cli-protocol.md, by its type. */
const parts: ReadonlyMap<unknown, (event: JsonObject) => Part> = new Map<
  unknown,
  (event: JsonObject) => Part
>([
  [
    "start",
    (event) => ({ type: "start", ...named("model", event.model), ...named("id", event.id) }),
  ],
  ["text", ({ text }) => ({ type: "text", text: needed("text", text) })],
  [
    "reasoning",
    ({ text, signature }) => ({
      type: "reasoning",
      text: needed("text", text),
      ...named("signature", signature),
    }),
  ],
  [
    "tool-input",
    (event) => ({ type: "tool-input", ...called(event), text: needed("text", event.text) }),
  ],
  ["tool-call", toCall],
  [
    "usage",
    ({ usage }) => ({ type: "usage", usage: givenCounts(isMembers(usage) ? pick(usage) : {}) }),
  ],
  ["source", ({ source }) => ({ type: "source", source: toProtocolSource(source) })],
  ["limits", ({ limits }) => ({ type: "limits", limits: protocolLimits(limits) })],
  [
    "finish",
    ({ reason, vendorReason }) => ({
      type: "finish",
      reason: toReason(reason),
      ...named("vendorReason", vendorReason),
    }),
  ],
]);

/**
 * Converts a line of docs/cli-protocol.md into a part; undefined for a type that is not in it.
 *
 * @throws {@link DualModeError} `INVALID_OUTPUT` if a member has the wrong type.
 */
export function protocolPart(event: JsonObject): Part | undefined {
  return parts.get(event.type)?.(event);
}

function toCall(event: JsonObject): Part {
  const { id, name } = called(event);
  const input = checkedInput(name, event.input);
  return { type: "tool-call", id, name, input, ...named("signature", event.signature) };
}

function called({ id, name }: JsonObject): { readonly id: string; readonly name: string } {
  if (id === "" || name === "") throw wrong("a tool call's id or name", "");
  return { id: needed("id", id), name: needed("name", name) };
}

const reasons: ReadonlySet<string> = new Set(["stop", "length", "tool-calls", "content-filter"]);

function toReason(reason: unknown): FinishReason {
  const said = needed("reason", reason);
  return reasons.has(said) ? (said as FinishReason) : "other";
}

const counts = [
  "inputTokens",
  "outputTokens",
  "cacheReadTokens",
  "cacheWriteTokens",
  "cacheWriteHourTokens",
  "reasoningTokens",
  "cost",
] as const;

function pick(usage: JsonObject): JsonObject {
  return Object.fromEntries(counts.map((name) => [name, usage[name]]));
}

function toProtocolSource(source: unknown): Source {
  if (!isMembers(source)) throw wrong("source", source);
  const { url, title, text } = source;
  return { ...named("url", url), ...named("title", title), ...named("text", text) };
}

/** A member that may be absent, or null or "" instead. */
function named(name: string, value: unknown): Readonly<Record<string, string>> {
  if (value === undefined || value === null || value === "") return {};
  return { [name]: needed(name, value) };
}

function needed(name: string, value: unknown): string {
  if (typeof value === "string") return value;
  throw wrong(name, value);
}

function wrong(name: string, value: unknown): DualModeError {
  const kind = value === null ? "null" : Array.isArray(value) ? "a list" : typeof value;
  const said = value === "" ? "empty" : kind;
  return new DualModeError("INVALID_OUTPUT", `The command gave ${name} as ${said}.`);
}
