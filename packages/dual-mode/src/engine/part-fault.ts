import type { Part } from "../contract/part.ts";

const isText = (value: unknown) => typeof value === "string";
const isObject = (value: unknown) => typeof value === "object" && value !== null;
const isReason = (value: unknown) =>
  ["stop", "length", "tool-calls", "content-filter", "other"].includes(String(value));

/** The members that a part of each type must have. */
const members: Readonly<Record<string, Readonly<Record<string, (value: unknown) => boolean>>>> = {
  start: {},
  text: { text: isText },
  reasoning: { text: isText },
  "tool-call": { id: isText, name: isText },
  usage: { usage: isObject },
  warning: { warning: isObject },
  finish: { reason: isReason },
};

/** What is wrong with the form of a part, if anything. */
export function partFault(part: Part): string | undefined {
  const expected = members[part?.type];
  if (expected === undefined)
    return `gave a part of the unknown type ${JSON.stringify(part?.type)}`;
  for (const [name, fits] of Object.entries(expected)) {
    const value = (part as unknown as Record<string, unknown>)[name];
    if (!fits(value)) return `gave a "${part.type}" part whose ${name} is wrong`;
  }
  return undefined;
}
