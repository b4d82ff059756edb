import { closeSync, fstatSync, mkdirSync, openSync, writeFileSync } from "node:fs";
import { keepWithin, type LogBounds } from "./keep-within.ts";
import { fileOf } from "./log-folder.ts";
import { lineOf, type StoredTurn } from "./turn.ts";

/**
 * Appends a turn to its conversation in a single write, so that writes of other processes cannot
 * get in between. The leading line feed ends a line that a killed process left incomplete.
 */
export function appendTurn(
  folder: string,
  conversation: string,
  turn: StoredTurn,
  bounds: LogBounds,
): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const line = `${lineOf(turn)}\n`;
  const file = openSync(fileOf(folder, conversation), "a", 0o600);
  try {
    writeFileSync(file, fstatSync(file).size > 0 ? `\n${line}` : line);
  } finally {
    closeSync(file);
  }
  keepWithin(folder, bounds, Buffer.byteLength(line), conversation);
}
