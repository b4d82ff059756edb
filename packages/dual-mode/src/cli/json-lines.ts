import type { Logger } from "../contract/mode-context.ts";
import { DualModeError } from "../error.ts";
import { foreignText } from "../text/foreign-text.ts";
import { type JsonObject, jsonObjects } from "./json-objects.ts";

/**
 * The JSON objects among the lines. A CLI's stdout is never quite clean: terminal codes are taken
 * off, and a notice is skipped and told to the logger.
 *
 * @throws {@link DualModeError} `INVALID_OUTPUT` at a piece of JSON that cannot be read: an answer
 * without it would be another answer.
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
