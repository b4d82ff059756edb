import { redact } from "../redact.ts";

const longest = 200;

/** The first line of what a program said, redacted, short, and fit to be printed. */
export function firstLine(text: string): string {
  const line =
    redact(text)
      .split(/\r?\n/)
      .find((each) => each.trim() !== "") ?? "";
  const printable = line.replaceAll(/[\p{Cc}\p{Cf}]+/gu, " ").trim();
  return printable.length > longest ? `${printable.slice(0, longest)}…` : printable;
}
