import { firstWords } from "../cli/excerpt.ts";
import type { Code } from "../contract/code.ts";
import type { Limits } from "../contract/part.ts";
import { DualModeError } from "../error.ts";
import type { FailureRow } from "./failure-row.ts";

/** Characters of a refusal's words that an error shows. */
const shown = 600;

/** What a vendor's refusals mean, where it is not what they mean everywhere. */
export interface Refusals {
  /** Its own rows, which go before those that hold everywhere; the first that fits counts. */
  readonly failures?: readonly FailureRow[];
  /** What the reader can do, by code. */
  readonly fixes?: Readonly<Partial<Record<Code, string>>>;
}

/** What is known of a refusal besides its words. */
export interface RefusalContext extends Refusals {
  /** How the message begins. @default "The server refused" */
  readonly who?: string;
  /** The HTTP status; one that is not an error's counts for none. */
  readonly status?: number | undefined;
  /** The vendor's names for the failure, where they came apart from its words. */
  readonly types?: readonly string[];
  /** Milliseconds after which it said to ask again. */
  readonly retryAfter?: number | undefined;
  /** The vendor's own id of the request, where its headers tell it. */
  readonly requestId?: string | undefined;
  /** What it said of the credential's limits: `rateLimits(headers)`. */
  readonly limits?: Limits | undefined;
  /** The code where nothing that was said is known, and there is no status. @default SERVER_ERROR */
  readonly otherwise?: Code;
  readonly cause?: unknown;
}

/**
 * The error that a refusal is: its words and types are judged before its status, and say whether the
 * request is to blame, or the credential, its plan, its place or the address.
 *
 * @param body What was said, of any form: a body as text or parsed, an SDK's error, a CLI's words.
 */
export async function refusalError(
  body: unknown,
  context: RefusalContext = {},
): Promise<DualModeError> {
  const { judgeRefusal } = await import("./judge-refusal.ts");
  const { status, said, code, ...verdict } = judgeRefusal(body, context);
  const words = firstWords(said, shown);
  const who = `${context.who ?? "The server refused"}${status === undefined ? "" : ` (${status})`}`;
  return new DualModeError(code, words === "" ? `${who}.` : `${who}: ${words}`, {
    ...verdict,
    status,
    limits: context.limits,
    cause: context.cause,
  });
}
