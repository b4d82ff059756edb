import { type CanonicalRequest, DualModeError } from "@acc/dual-mode/provider";
import { defaultModel } from "../models.ts";

/** Reads the request from stdin. */
export function toRequest(
  input: "text" | "json",
  stdin: string,
  model: string | undefined,
): CanonicalRequest {
  if (stdin.trim() === "") throw wrong("Nothing came on stdin.");
  const named = model === undefined ? {} : { model };
  if (input === "json") return { model: defaultModel, ...fromJson(stdin), ...named };
  const messages = [{ role: "user" as const, content: [{ type: "text" as const, text: stdin }] }];
  return { model: defaultModel, messages, ...named };
}

type Check = (value: unknown) => boolean;

const isString: Check = (value) => typeof value === "string";
const isNumber: Check = (value) => typeof value === "number";
const isObject: Check = (value) => typeof value === "object" && value !== null;
const isOneOf =
  (values: readonly unknown[]): Check =>
  (value) =>
    values.includes(value);
const isObjects: Check = (value) => Array.isArray(value) && value.every(isObject);

const members: Readonly<Record<string, Check>> = {
  model: isString,
  system: isString,
  messages: (value) => Array.isArray(value) && value.length > 0 && value.every(isMessage),
  temperature: isNumber,
  topP: isNumber,
  stop: (value) => Array.isArray(value) && value.every(isString),
  maxOutputTokens: isNumber,
  seed: isNumber,
  topK: isNumber,
  presencePenalty: isNumber,
  frequencyPenalty: isNumber,
  reasoning: isOneOf(["none", "minimal", "low", "medium", "high", "xhigh", "max"]),
  schema: isObject,
  schemaName: isString,
  json: isOneOf([true]),
  tools: isObjects,
  toolChoice: (value) => isOneOf(["none", "required"])(value) || isString(Object(value).tool),
  parallelTools: isOneOf([false]),
};

/** The members of a message, by its role. */
const messageMembers: ReadonlyMap<unknown, readonly string[]> = new Map([
  ["user", ["role", "content"]],
  ["assistant", ["role", "content"]],
  ["tool", ["role", "content", "toolCallId", "isError"]],
  ["system", ["role", "content"]],
]);

/** The checks of a piece of content, by its type. */
const pieces: ReadonlyMap<unknown, (piece: Record<string, unknown>) => boolean> = new Map([
  ["text", ({ text }) => isString(text)],
  ["image", ({ mediaType, data, url }) => isString(url) || (isString(mediaType) && isString(data))],
  ["reasoning", ({ text }) => isString(text)],
  ["tool-call", ({ id, name, input }) => isString(id) && isString(name) && isObject(input)],
]);

function isMessage(value: unknown): boolean {
  const message = (isObject(value) ? value : {}) as Record<string, unknown>;
  const known = messageMembers.get(message.role);
  if (known === undefined || Object.keys(message).some((name) => !known.includes(name))) {
    return false;
  }
  return Array.isArray(message.content) && message.content.every(isPiece);
}

function isPiece(value: unknown): boolean {
  return (
    isObject(value) && pieces.get((value as { type?: unknown }).type)?.(value as never) === true
  );
}

function fromJson(text: string): Omit<CanonicalRequest, "model"> {
  const request = parse(text);
  for (const [name, value] of Object.entries(request)) {
    const check = members[name];
    if (check === undefined) throw wrong(`The request has a member that is not known: "${name}".`);
    if (!check(value)) throw wrong(`The request's "${name}" is not what the protocol says.`);
  }
  if (request.messages === undefined) throw wrong('The request has no "messages".');
  return request as unknown as CanonicalRequest;
}

function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (isObject(value) && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Reported below, as is any other text that is not a JSON object.
  }
  throw wrong("The request on stdin is not a JSON object.");
}

function wrong(message: string): DualModeError {
  return new DualModeError("INVALID_REQUEST", message, { fix: "See docs/cli-protocol.md." });
}
