import { redact } from "@acc/secrets/redact";
import { inOwnWords } from "../output/own-words.ts";

/** Something about this machine that a person may want to fix. */
export interface Finding {
  readonly code: string;
  readonly what: string;
  readonly fix: string;
}

/** Converts an error to a finding without secrets; `otherwise` is the fix if the error has none. */
export function findingOf(error: unknown, otherwise: string): Finding {
  const told = error instanceof Error ? error : new Error(String(error));
  const { code = "UNEXPECTED", message, fix = otherwise } = told as Partial<Finding> & Error;
  return { code, what: redact(inOwnWords(message)), fix: redact(inOwnWords(fix)) };
}
