import { closeSync, fstatSync, mkdirSync, openSync, writeFileSync } from "node:fs";
import { keepWithin, type LogBounds } from "./keep-within.ts";
import { fileOf } from "./log-folder.ts";
import { lineOf, type StoredTurn } from "./turn.ts";

/**
 * Puts a turn behind those of its conversation, by one write that other processes do not come
 * between. What a process that was killed has left of a line ends with the next one's line feed.
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
