import { fixFor, inOwnWords } from "./own-words.ts";
import { coloursOf, jsonOf, write } from "./terminal.ts";

interface ToldError {
  readonly code?: unknown;
  readonly message: string;
  readonly retryable?: unknown;
  readonly fix?: unknown;
  readonly status?: unknown;
  readonly retryAfter?: unknown;
  readonly requestId?: unknown;
  readonly attempts?: unknown;
  readonly causes?: unknown;
  /** Of a cache error: the stores that did not remove what they should have. */
  readonly failed?: unknown;
}

/** Prints an error on stderr, without a stack; with `json`, as one JSON document. */
export async function printError(error: unknown, json: boolean): Promise<void> {
  const { redact } = await import("@acc/secrets/redact");
  const told = (error instanceof Error ? error : { message: String(error) }) as ToldError;
  const text = json ? jsonOf({ error: document(told) }) : lines(told).join("\n");
  write(process.stderr, `${redact(text)}\n`);
}

function document(told: ToldError): object {
  const { code = "UNEXPECTED", retryable, status, retryAfter, requestId, attempts, failed } = told;
  const known = { retryable, fix: fixOf(told), status, retryAfter, requestId };
  const causes = listOf(told.causes).map(({ code, message, status, retryAfter, requestId }) => {
    return { code, message: inOwnWords(message), status, retryAfter, requestId };
  });
  const message = inOwnWords(told.message);
  return { code, message, ...known, attempts, ...(causes.length > 0 && { causes }), failed };
}

function lines(told: ToldError): string[] {
  const { code = "UNEXPECTED", retryAfter, requestId } = told;
  const message = inOwnWords(told.message);
  const fix = fixOf(told);
  const [first = "", ...more] = message.split("\n");
  const { red, dim } = coloursOf(process.stderr);
  return [
    `acc: ${red(first)} ${dim(`(${code})`)}`,
    ...more,
    ...(fix === undefined || message.includes(`→ ${fix}`) ? [] : fix.split("\n")),
    ...(typeof retryAfter === "number" ? [`Try again in ${shown(retryAfter)}.`] : []),
    ...(typeof requestId === "string" ? [dim(`Request id: ${requestId}`)] : []),
  ];
}

function fixOf({ code = "UNEXPECTED", fix }: ToldError): string | undefined {
  return typeof fix === "string" ? inOwnWords(fix) : fixFor(code);
}

function listOf(causes: unknown): readonly ToldError[] {
  return Array.isArray(causes) ? causes : [];
}

/** A duration as people say it: "12 s", "11 min 40 s", "3 h 5 min". */
function shown(milliseconds: number): string {
  const seconds = Math.max(1, Math.ceil(milliseconds / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  if (hours > 0) return `${hours} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}
