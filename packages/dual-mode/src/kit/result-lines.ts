import { givenText, isMembers, type Members } from "../foreign/guards.ts";
import { readBodyLines } from "../http/body-lines.ts";

/** A line of a batch's results. */
export interface ResultLine {
  /** Of the line that was asked. */
  readonly id: string;
  readonly line: Members;
}

/**
 * The results of a batch, one a line of JSON. What is not JSON, or has no id, is nobody's result.
 *
 * @param member The one that holds the id.
 */
export async function* readResultLines(
  { body }: { readonly body: ReadableStream<Uint8Array> | null },
  member: string,
): AsyncGenerator<ResultLine> {
  for await (const line of readBodyLines(body)) {
    const id = isMembers(line) ? givenText(line[member]) : undefined;
    if (isMembers(line) && id !== undefined) yield { id, line };
  }
}
