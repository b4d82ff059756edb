import type { Row } from "../contract.ts";
import { LineFault } from "./line-fault.ts";

/** The members that contain the caller's id of a line. */
const members = ["id", "custom_id"] as const;

/**
 * Returns a row whose ids have all digits of the text: `JSON.parse` rounds integers beyond 2^53.
 */
export function withExactIds(row: Row | LineFault, text: string): Row | LineFault {
  if (row instanceof LineFault) return row;
  const rounded = members.filter((name) => isRounded(row[name]));
  if (rounded.length === 0) return row;
  const exact = rounded.map((name) => [name, digitsOf(text, name, row[name]) ?? row[name]]);
  return { ...row, ...Object.fromEntries(exact) };
}

function isRounded(value: unknown): boolean {
  return typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value);
}

/** Returns the digits that were parsed as this number; nested members may have the same name. */
function digitsOf(text: string, name: string, value: unknown): string | undefined {
  const written = new RegExp(`"${name}"\\s*:\\s*(-?\\d+)(?![\\d.eE])`, "g");
  return [...text.matchAll(written)]
    .map(([, digits = ""]) => digits)
    .find((each) => Number(each) === value);
}
