import { stat } from "node:fs/promises";
import { UsageError } from "../failure.ts";
import { readStdin, readTextFile } from "../input/read-text.ts";

/** The prompt: the words, then the file, then what is piped in; whatever there is of them. */
export async function readPrompt(
  words: readonly string[],
  file: string | undefined,
): Promise<string> {
  const parts = [
    words.length > 0 ? words.join(" ") : undefined,
    file === undefined ? undefined : (await readTextFile(file)).replace(/\r?\n$/, ""),
    (await isPiped()) ? await readStdin() : undefined,
  ].filter((part) => part !== undefined);
  const prompt = parts.filter((part) => part !== "").join("\n\n");
  if (prompt.trim() !== "") return prompt;
  if (parts.length > 0) throw new UsageError("The prompt must not be empty.", usage);
  throw new UsageError("The prompt is missing.", usage);
}

const usage = 'Give it as words, on stdin or with --file: acc chat "Explain decorators"';

/**
 * A terminal or /dev/null brings no prompt; a pipe, a file and a socket do. Not by `fs.fstat`: once
 * that has seen a pipe, Node 20's `realpathSync` stops at the first folder it knows, and imports fail.
 */
async function isPiped(): Promise<boolean> {
  if (process.platform === "win32") return !process.stdin.isTTY;
  try {
    const stdin = await stat("/dev/stdin");
    return stdin.isFIFO() || stdin.isFile() || stdin.isSocket();
  } catch {
    return false;
  }
}
