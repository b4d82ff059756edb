import { DualModeError } from "../error.ts";

/**
 * A value of the request that goes into a command's arguments: a name, which no command may take for
 * an option of its own. What else a request holds belongs on stdin or into a private file.
 *
 * @throws {@link DualModeError} `INVALID_REQUEST` where it begins with a dash, or is none.
 */
export function commandWord(member: string, value: string): string {
  if (/^[^-\s\0][^\0]*$/.test(value)) return value;
  const message = `${member} ${JSON.stringify(value)} cannot be given to a command: it would be taken for an option.`;
  throw new DualModeError("INVALID_REQUEST", message, { fix: `Name another ${member}.` });
}
