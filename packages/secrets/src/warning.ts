/** A problem that does not stop the call. */
export interface SecretsWarning {
  readonly code: "SHADOWED" | "SHORT_VALUE" | "AUDIT_LOST" | "NOT_A_STRING" | "STALE";
  readonly message: string;
  readonly name?: string;
}

export type OnWarning = (warning: SecretsWarning) => void;

/** Emits a warning as a Node.js process warning. */
export function emitWarning(warning: SecretsWarning): void {
  process.emitWarning(warning.message, { type: "SecretsWarning", code: warning.code });
}
