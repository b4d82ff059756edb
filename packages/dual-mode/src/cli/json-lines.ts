import type { Logger } from "../contract/provider.ts";
import { foreignText } from "../text/foreign-text.ts";

/** One line of a CLI's output, parsed; its members are unknown until they are checked. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** A line that is a JSON object; undefined for any other. */
export function parseJsonLine(line: string): JsonObject | undefined {
  const text = line.trim();
  if (!text.startsWith("{")) {
    return undefined;
  }
  try {
    return JSON.parse(text) as JsonObject;
  } catch {
    return undefined;
  }
}

/**
 * The JSON objects among the lines. A CLI's stdout is never quite clean: any other line is skipped,
 * and said so to the logger.
 */
export async function* readJsonLines(
  lines: AsyncIterable<string>,
  logger?: Logger,
): AsyncGenerator<JsonObject> {
  for await (const line of lines) {
    const object = parseJsonLine(line);
    if (object !== undefined) {
      yield object;
    } else if (line.trim() !== "") {
      logger?.debug("Skipped a line of stdout that is no JSON.", { line: foreignText(line, 200) });
    }
  }
}
