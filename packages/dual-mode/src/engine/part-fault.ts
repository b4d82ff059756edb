import type { Part } from "../contract/part.ts";

type Fits = (value: unknown) => boolean;

const isText: Fits = (value) => typeof value === "string";
const isName: Fits = (value) => typeof value === "string" && value !== "";
const isCount: Fits = (value) => typeof value === "number" && value >= 0 && value < Infinity;
const isReason: Fits = (value) => reasons.has(value as string);
const isGiven: Fits = (value) => value !== undefined;
const optional =
  (fits: Fits): Fits =>
  (value) =>
    value === undefined || fits(value);

const reasons = new Set(["stop", "length", "tool-calls", "content-filter", "other"]);

const objectOf =
  (fits: Fits): Fits =>
  (value) =>
    typeof value === "object" && value !== null && Object.values(value).every(optional(fits));
const isUsage = objectOf(isCount);
const isSource = objectOf(isText);
const isLimits = objectOf(objectOf(isCount));

const isWarning: Fits = (value) =>
  typeof value === "object" && value !== null && isText(Reflect.get(value, "message"));

type Members = readonly (readonly [name: string, fits: Fits])[];

/** The members of each type of part, with their checks. */
const members: ReadonlyMap<unknown, Members> = new Map<string, Members>([
  ["text", [["text", isText]]],
  [
    "reasoning",
    [
      ["text", isText],
      ["signature", optional(isText)],
    ],
  ],
  [
    "tool-input",
    [
      ["id", isName],
      ["name", isName],
      ["text", isText],
    ],
  ],
  [
    "tool-call",
    [
      ["id", isName],
      ["name", isName],
      ["input", isGiven],
      ["signature", optional(isText)],
    ],
  ],
  ["source", [["source", isSource]]],
  ["limits", [["limits", isLimits]]],
  ["usage", [["usage", isUsage]]],
  ["warning", [["warning", isWarning]]],
  [
    "start",
    [
      ["model", optional(isName)],
      ["id", optional(isName)],
    ],
  ],
  [
    "finish",
    [
      ["reason", isReason],
      ["vendorReason", optional(isText)],
      ["stopSequence", optional(isText)],
    ],
  ],
]);

/** Returns what is wrong with the form of a part, if anything. */
export function partFault(part: Part): string | undefined {
  const expected = members.get(part?.type);
  if (expected === undefined) return `gave a part of the unknown type ${shown(part?.type)}`;
  for (const [name, fits] of expected) {
    if (!fits(Reflect.get(part, name))) return `gave a "${part.type}" part whose ${name} is wrong`;
  }
  return undefined;
}

function shown(type: unknown): string {
  return typeof type === "string" ? JSON.stringify(type) : typeof type;
}
