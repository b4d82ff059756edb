import { DualModeError } from "../error.ts";

/**
 * Returns a value of the request that may be an argument of a command: a name that no command takes
 * for an option. Everything else in a request belongs on stdin or in a private file.
 *
 * @throws {@link DualModeError} `INVALID_REQUEST` if it begins with a dash or a space, or is empty.
 */
export function commandWord(member: string, value: string): string {
  if (/^[^-\s\0][^\0]*$/.test(value)) return value;
  const message = `${member} ${JSON.stringify(value)} cannot be given to a command: it would be taken for an option.`;
  throw new DualModeError("INVALID_REQUEST", message, { fix: `Name another ${member}.` });
}
