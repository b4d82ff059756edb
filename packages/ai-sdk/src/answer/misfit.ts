import { DualModeError } from "@acc/dual-mode";

/**
 * An answer that did not fit its schema after all attempts. The app has its own ways to handle it
 * (`repairText`, NoObjectGeneratedError), which need the text.
 */
export interface Misfit {
  readonly text: string;
  readonly error: DualModeError;
}

export function misfitOf(error: unknown): Misfit | undefined {
  if (!DualModeError.is(error) || error.code !== "INVALID_OUTPUT") return undefined;
  return error.text === undefined ? undefined : { text: error.text, error };
}
