/** The longest line that is read, in UTF-16 units. */
const longest = 64 * 1024 * 1024;

/**
 * Yields the values of a body of JSON lines one by one; only a line feed ends a line. A line that
 * is not JSON, or has more than 64 Mi characters, is skipped: the other lines are read all the
 * same, and the caller sees that its result is missing.
 */
export async function* readBodyLines(
  body: ReadableStream<Uint8Array> | null,
): AsyncGenerator<unknown> {
  const decoder = new TextDecoder();
  let pending = "";
  let isTooLong = false;
  for await (const bytes of body ?? []) {
    const lines = decoder.decode(bytes, { stream: true }).split("\n");
    lines[0] = pending + lines[0];
    pending = lines.pop() ?? "";
    if (isTooLong && lines.length > 0) {
      lines.shift();
      isTooLong = false;
    }
    if (pending.length > longest || isTooLong) {
      pending = "";
      isTooLong = true;
    }
    for (const line of lines) yield* valuesOf(line);
  }
  if (!isTooLong) yield* valuesOf(pending + decoder.decode());
}

/** Empty for a line that is not JSON. */
function valuesOf(line: string): unknown[] {
  try {
    return [JSON.parse(line)];
  } catch {
    return [];
  }
}
