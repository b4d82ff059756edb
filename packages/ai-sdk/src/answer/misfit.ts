import { DualModeError } from "@acc/dual-mode";

/**
 * An answer that did not fit its schema, however often it was asked for: the app has its own ways
 * with it (`repairText`, NoObjectGeneratedError), for which it needs the text.
 */
export interface Misfit {
  readonly text: string;
  readonly error: DualModeError;
}

export function misfitOf(error: unknown): Misfit | undefined {
  if (!DualModeError.is(error) || error.code !== "INVALID_OUTPUT") return undefined;
  return error.text === undefined ? undefined : { text: error.text, error };
}
