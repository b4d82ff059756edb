import { SecretsError } from "./errors.ts";
import { kindOf } from "./names.ts";
import { isWellFormed } from "./well-formed.ts";

/** The longest value, in UTF-8 bytes. */
const longestValue: number = 64 * 1024;

/**
 * Refuses a value that cannot be a credential.
 *
 * @throws SecretsError `VALUE_NOT_STRING`, `VALUE_EMPTY`, `VALUE_TOO_LONG`, `VALUE_NUL`,
 * `VALUE_NEWLINE`, `VALUE_NOT_TEXT`
 */
export function checkValue(
  name: string,
  value: unknown,
  multiline: boolean,
): asserts value is string {
  if (typeof value !== "string") {
    refuse("VALUE_NOT_STRING", name, `must be a string, not ${kindOf(value)}`);
  }
  if (value === "") refuse("VALUE_EMPTY", name, "is empty; to remove the name, call delete");
  const bytes = Buffer.byteLength(value, "utf8");
  if (bytes > longestValue) {
    refuse("VALUE_TOO_LONG", name, `has ${bytes} bytes; the most is ${longestValue}`);
  }
  if (value.includes("\0"))
    refuse("VALUE_NUL", name, "contains a NUL character; encode it as base64");
  if (!multiline && /[\r\n]/.test(value)) {
    refuse(
      "VALUE_NEWLINE",
      name,
      "contains a line break, often added by copying; trim it, or pass { multiline: true }",
    );
  }
  if (!isWellFormed(value)) {
    refuse("VALUE_NOT_TEXT", name, "is not valid Unicode text; encode it as base64");
  }
}

function refuse(
  code:
    | "VALUE_NOT_STRING"
    | "VALUE_EMPTY"
    | "VALUE_TOO_LONG"
    | "VALUE_NUL"
    | "VALUE_NEWLINE"
    | "VALUE_NOT_TEXT",
  name: string,
  what: string,
): never {
  throw new SecretsError(code, `The value for ${name} ${what}.`);
}
