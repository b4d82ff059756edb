import type { ChatRequest } from "@acc/dual-mode";
import type { BatchDefaults, BatchOptions, Row } from "../contract.ts";
import { LineFault } from "./line-fault.ts";
import { lineSchemas } from "./line-schema.ts";
import { isCsv } from "./read-rows.ts";

/** Makes the request of a row, with the batch's defaults for members that it does not set. */
export type RequestOf = (row: Row | LineFault) => ChatRequest;

/** @throws LineFault from the returned function, for a row that cannot be made a request */
export function requestMaker({ input, toRequest, defaults = {} }: BatchOptions): RequestOf {
  const make = toRequest ?? (isCsv(input) ? ofCells : linesMaker());
  return (row) => {
    if (row instanceof LineFault) throw row;
    return { ...defaults, ...asRequest(made(make, row)) };
  };
}

/** Returns the id of a line: the row's own `id`, or the `custom_id` of vendors' batch files. */
export function idOf(row: Row | LineFault, line: number): string {
  if (row instanceof LineFault) return String(line);
  const { id = row.custom_id } = row;
  const isNamed = (typeof id === "string" && id !== "") || typeof id === "number";
  return isNamed ? String(id) : String(line);
}

function made(make: (row: Row) => string | ChatRequest, row: Row): string | ChatRequest {
  try {
    return make(row);
  } catch (error) {
    throw error instanceof LineFault ? error : new LineFault((error as Error).message);
  }
}

function asRequest(made: string | ChatRequest): ChatRequest {
  return typeof made === "string" ? { messages: [{ role: "user", content: made }] } : made;
}

function linesMaker(): (row: Row) => ChatRequest {
  const withCheck = lineSchemas();
  return (row) => {
    const request = ofLine(row);
    const { schema } = row;
    return schema === undefined ? request : { ...request, schema: withCheck(schema) };
  };
}

/**
 * Makes the request of a JSONL line: a request with an `id`, or a `prompt` in place of the
 * messages.
 */
function ofLine({ id: _, custom_id: __, prompt, ...members }: Row): ChatRequest {
  if (prompt === undefined && members.messages === undefined) throw noPrompt(members);
  if (prompt === undefined) return members as unknown as ChatRequest;
  if (members.messages !== undefined) {
    throw new LineFault("It has messages and a prompt: leave one of them out.");
  }
  return { ...members, messages: [{ role: "user", content: text("prompt", prompt) }] };
}

/**
 * Names the members that the line has instead, such as `body` in a line for a vendor's own batch
 * API.
 */
function noPrompt(members: Row): LineFault {
  const names = Object.keys(members).slice(0, 8);
  const there = names.map((name) => JSON.stringify(name.slice(0, 40))).join(", ");
  const instead = names.length === 0 ? "" : `; there is: ${there}`;
  return new LineFault(`It has neither messages nor a prompt${instead}.`);
}

/** Makes the request of a CSV row from three of its columns; the others are the caller's own. */
function ofCells({ prompt, system, model }: Row): ChatRequest {
  const defaults: BatchDefaults = {
    ...(system ? { system: text("system", system) } : {}),
    ...(model ? { model: text("model", model) } : {}),
  };
  return { ...defaults, messages: [{ role: "user", content: text("prompt", prompt) }] };
}

function text(name: string, value: unknown): string {
  if (typeof value === "string" && value.trim() !== "") return value;
  throw new LineFault(`Its ${name} is ${typeof value === "string" ? "empty" : "not text"}.`);
}
