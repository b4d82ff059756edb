import { givenText, isMembers, type Members } from "../foreign/guards.ts";
import { readBodyLines } from "../http/body-lines.ts";

/** A line of a batch's results. */
export interface ResultLine {
  /** The id of the line that was submitted. */
  readonly id: string;
  readonly line: Members;
}

/**
 * Yields the results of a batch, one per line of JSON. A line that is not JSON, or has no id, is
 * skipped.
 *
 * @param member The member that has the id.
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
