import { coloursOf } from "./terminal.ts";

interface ToldError {
  readonly code?: unknown;
  readonly message: string;
  readonly fix?: unknown;
  readonly attempts?: unknown;
}

/** Tells of an error on stderr, without a stack; with `json` as one JSON document. */
export async function printError(error: unknown, json: boolean): Promise<void> {
  const { redact } = await import("@acc/secrets/redact");
  const told = (error instanceof Error ? error : { message: String(error) }) as ToldError;
  const { code = "UNEXPECTED", message, fix, attempts } = told;
  const { red, dim } = coloursOf(process.stderr);
  const text = json
    ? JSON.stringify({ error: { code, message, fix, attempts } })
    : `acc: ${red(message)} ${dim(`(${code})`)}${fix === undefined ? "" : `\n${fix}`}`;
  process.stderr.write(`${redact(text)}\n`);
}
