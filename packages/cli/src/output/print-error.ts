import { fixFor, inOwnWords } from "./own-words.ts";
import { coloursOf, jsonOf, write } from "./terminal.ts";

interface ToldError {
  readonly code?: unknown;
  readonly message: string;
  readonly fix?: unknown;
  readonly attempts?: unknown;
  /** Of the cache: the stores that did not remove what they were to. */
  readonly failed?: unknown;
}

/** Tells of an error on stderr, without a stack; with `json` as one JSON document. */
export async function printError(error: unknown, json: boolean): Promise<void> {
  const { redact } = await import("@acc/secrets/redact");
  const told = (error instanceof Error ? error : { message: String(error) }) as ToldError;
  const { code = "UNEXPECTED", attempts, failed } = told;
  const message = inOwnWords(told.message);
  const fix = typeof told.fix === "string" ? inOwnWords(told.fix) : fixFor(code);
  const [first = "", ...more] = (fix === undefined ? message : `${message}\n${fix}`).split("\n");
  const { red, dim } = coloursOf(process.stderr);
  const text = json
    ? jsonOf({ error: { code, message, fix, attempts, failed } })
    : [`acc: ${red(first)} ${dim(`(${code})`)}`, ...more].join("\n");
  write(process.stderr, `${redact(text)}\n`);
}
