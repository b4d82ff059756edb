import { SecretsError } from "./errors.ts";

/** The longest name, in characters. */
const longestName = 256;

const allowed = /^[A-Za-z0-9](?:[A-Za-z0-9._:/@-]*[A-Za-z0-9])?$/;

/**
 * One spelling for all names that differ only by `-`, `.`, `_` or case.
 *
 * @throws SecretsError `NAME_NOT_STRING`, `NAME_EMPTY`, `NAME_TOO_LONG`, `NAME_INVALID`
 */
export function canonicalName(name: unknown): string {
  checkName(name);
  return fold(name);
}

/** The same for a name that was checked when it was written. */
export function fold(name: string): string {
  return name.replaceAll(/[-.]/g, "_").toLowerCase();
}

/** A refused name is not repeated in the message: it may be a value put in the wrong place. */
function checkName(name: unknown): asserts name is string {
  if (typeof name !== "string") {
    throw new SecretsError("NAME_NOT_STRING", `A name must be a string, not ${kindOf(name)}.`);
  }
  if (name === "") {
    throw new SecretsError("NAME_EMPTY", 'A name is empty. Give one such as "anthropic_api_key".');
  }
  if (name.length > longestName) {
    throw new SecretsError(
      "NAME_TOO_LONG",
      `A name has ${name.length} characters; the most is ${longestName}.`,
    );
  }
  if (!allowed.test(name)) {
    throw new SecretsError(
      "NAME_INVALID",
      "A name may hold letters, digits and . _ - : / @ between them, as in anthropic_api_key.",
    );
  }
}

export function kindOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "an array" : `a value of type ${typeof value}`;
}
