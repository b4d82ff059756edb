import { redact } from "../redact.ts";

const longest = 200;

/**
 * Returns the first non-empty line of a program's output, redacted, shortened, and safe to print.
 */
export function firstLine(text: string): string {
  const line =
    redact(text)
      .split(/\r?\n/)
      .find((each) => each.trim() !== "") ?? "";
  const printable = line.replaceAll(/[\p{Cc}\p{Cf}]+/gu, " ").trim();
  return printable.length > longest ? `${printable.slice(0, longest)}…` : printable;
}
