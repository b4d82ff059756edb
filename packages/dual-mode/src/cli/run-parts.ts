import type { Logger } from "../contract/mode-context.ts";
import type { Part } from "../contract/part.ts";
import type { CommandExit, CommandRun } from "./command.ts";
import { damagedLine, noteSkipped } from "./json-lines.ts";
import { type JsonObject, jsonObjects } from "./json-objects.ts";

/** Reads the output of one CLI run: one JSON object per line, then how the run ended. */
export interface RunReader {
  read(event: JsonObject): Iterable<Part>;
  /** Called when the run is over: yields the rest of the answer, or throws the error. */
  end(exit: CommandExit): Iterable<Part> | AsyncIterable<Part>;
  /**
   * Milliseconds that the command has to end by itself once the answer or its error is complete;
   * undefined before that. Later values can only shorten the time.
   */
  readonly patience: number | undefined;
}

/** Milliseconds that are enough for a command to end by itself, even on a busy machine. */
export const usualPatience = 500;

/**
 * Yields the parts of a run whose stdout has lines of JSON. Notices and terminal codes do no harm.
 * A command that stays after its last message is ended, and its answer kept.
 *
 * @throws {@link DualModeError} `INVALID_OUTPUT` at a piece of JSON that cannot be read, unless the
 * exit explains the failure: the last line of a failed command is often cut.
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
