import type { Logger } from "../contract/mode-context.ts";
import { DualModeError } from "../error.ts";
import { foreignText } from "../text/foreign-text.ts";
import { type JsonObject, jsonObjects } from "./json-objects.ts";

/**
 * Yields the JSON objects among the lines. A CLI's stdout often has other text too: terminal codes
 * are removed, and a notice is skipped and logged.
 *
 * @throws {@link DualModeError} `INVALID_OUTPUT` at a piece of JSON that cannot be read: without
 * it, the answer would be a different one.
 */
export async function* readJsonLines(
  lines: AsyncIterable<string>,
  logger?: Logger,
): AsyncGenerator<JsonObject> {
  for await (const line of lines) {
    const { objects, notice, damaged } = jsonObjects(line);
    if (damaged) throw damagedLine(line);
    if (notice !== "") noteSkipped(notice, logger);
    yield* objects;
  }
}

export function noteSkipped(notice: string, logger: Logger | undefined): void {
  logger?.debug("Skipped words on stdout that are no JSON.", { line: foreignText(notice, 200) });
}

export function damagedLine(line: string): DualModeError {
  const said = foreignText(line, 200);
  return new DualModeError("INVALID_OUTPUT", `A line of the CLI's JSON cannot be read: ${said}`);
}
