import type { Logger } from "../contract/mode-context.ts";
import type { Part } from "../contract/part.ts";
import type { CommandExit, CommandRun } from "./command.ts";
import { damagedLine, noteSkipped } from "./json-lines.ts";
import { type JsonObject, jsonObjects } from "./json-objects.ts";

/** Reads what one run of a CLI says: a JSON object a line, then how it ended. */
export interface RunReader {
  read(event: JsonObject): Iterable<Part>;
  /** The run is over: the rest of the answer, or the error. */
  end(exit: CommandExit): Iterable<Part> | AsyncIterable<Part>;
  /**
   * Milliseconds that the command has to end by itself, once the answer, or its error, is told;
   * undefined before. It may get less by what it says then, and no more.
   */
  readonly patience: number | undefined;
}

/** Milliseconds that are enough for a command to end by itself; a busy machine needs most of them. */
export const usualPatience = 500;

/**
 * The parts of a run whose stdout has JSON lines. Notices and terminal codes are no damage. A
 * command that stays after its last word is ended, and its answer kept.
 *
 * @throws {@link DualModeError} `INVALID_OUTPUT` at a piece of JSON that cannot be read, unless the
 * exit tells more: the last line of a command that failed is often cut.
 */
export async function* runParts(
  run: CommandRun,
  reader: RunReader,
  logger?: Logger,
): AsyncGenerator<Part> {
  let damage: string | undefined;
  for await (const line of run.lines) {
    if (damage !== undefined) throw damagedLine(damage);
    const { objects, notice, damaged } = jsonObjects(line);
    if (notice !== "" && !damaged) noteSkipped(notice, logger);
    for (const event of objects) yield* reader.read(event);
    if (reader.patience !== undefined) run.complete(reader.patience);
    else if (damaged) damage = line;
  }
  const exit = await run.exit;
  if (damage !== undefined && exit.exitCode === 0) throw damagedLine(damage);
  yield* reader.end(exit);
}
