import type { Code } from "../contract/code.ts";
import { commonFailures } from "./common-failures.ts";
import type { FailureRow } from "./failure-row.ts";
import { readRefusal } from "./refusal.ts";
import type { RefusalContext } from "./refusal-context.ts";
import { codeOfStatus, codeOfType } from "./status-to-code.ts";
import { waitInWords } from "./wait-in-words.ts";
import { fits, normalized } from "./words.ts";

/** The message of a refusal, and its meaning. */
export interface Verdict {
  readonly code: Code;
  readonly said: string;
  readonly status: number | undefined;
  readonly fix?: string;
  /** How long the vendor asked to wait, in ms. */
  readonly retryAfter?: number;
  /** The vendor's own id of the request. */
  readonly requestId?: string;
  /** The cooldown of the credential in ms, if it is not the code's own. */
  readonly cooldown?: number;
  /** Whether to retry, if that differs from what the code says. */
  readonly retryable?: boolean;
}

/** Fixes that are the same for every vendor. */
const usualFixes: RefusalContext["fixes"] & object = {
  MODEL_NOT_FOUND: "Name a model that this key can use.",
  CONTEXT_TOO_LONG: "Shorten the prompt or the history.",
};

/**
 * Judges a refusal by the first row that matches, of the vendor's own rows and then of the common
 * ones; otherwise by its status.
 */
export function judgeRefusal(body: unknown, context: RefusalContext = {}): Verdict {
  const { failures = [], fixes = {}, otherwise = "SERVER_ERROR" } = context;
  const refusal = readRefusal(body, context);
  const { said, types, status, requestId, retryAfter = waitInWords(said) } = refusal;
  const text = normalized([said, ...types].join("\n"));
  const named = new Set(types.map((type) => type.toLowerCase()));
  const isOf = (row: FailureRow) =>
    hasStatus(row, status) &&
    (row.page === undefined || refusal.page) &&
    (row.type === undefined || named.has(row.type)) &&
    (row.words === undefined || fits(text, row.words));
  const row = failures.find(isOf) ?? commonFailures.find(isOf);
  const code = row?.code ?? codeOfStatus(refusal, text) ?? codeOfType(named) ?? otherwise;
  const retryable = row?.retryable ?? context.retryable;
  const fix = row?.fix ?? fixes[code] ?? usualFixes[code];
  return {
    code,
    said,
    status,
    ...(fix !== undefined && { fix }),
    ...(requestId !== undefined && { requestId }),
    ...(retryable !== undefined && { retryable }),
    ...(row?.cooldown !== undefined
      ? { cooldown: row.cooldown }
      : retryAfter !== undefined && { retryAfter }),
  };
}

/** Whether a row's status matches; a row with words also matches without a status. */
function hasStatus({ status: wanted, words }: FailureRow, status: number | undefined) {
  if (wanted === undefined) return true;
  if (status === undefined) return words !== undefined;
  return typeof wanted === "number" ? wanted === status : wanted.includes(status);
}
