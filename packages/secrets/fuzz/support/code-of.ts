import { SecretsError } from "../../src/errors.ts";

/** The code with which an action is refused; undefined where it is not. Anything else is thrown on. */
export function codeOf(action: () => unknown): string | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    if (SecretsError.is(error)) return error.code;
    throw error;
  }
}
