/** Something worth knowing that stops nothing. */
export interface SecretsWarning {
  readonly code: "SHADOWED" | "SHORT_VALUE" | "AUDIT_LOST" | "NOT_A_STRING" | "STALE";
  readonly message: string;
  readonly name?: string;
}

export type OnWarning = (warning: SecretsWarning) => void;

/** Warnings go where Node's own go. */
export function emitWarning(warning: SecretsWarning): void {
  process.emitWarning(warning.message, { type: "SecretsWarning", code: warning.code });
}
