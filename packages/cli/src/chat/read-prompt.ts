import { fstatSync } from "node:fs";
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
    isPiped() ? await readStdin() : undefined,
  ].filter((part) => part !== undefined);
  const prompt = parts.filter((part) => part !== "").join("\n\n");
  if (prompt.trim() !== "") return prompt;
  if (parts.length > 0) throw new UsageError("The prompt must not be empty.", usage);
  throw new UsageError("The prompt is missing.", usage);
}

const usage = 'Give it as words, on stdin or with --file: acc chat "Explain decorators"';

/** A terminal or /dev/null brings no prompt; a pipe, a file and a socket do. */
function isPiped(): boolean {
  try {
    const stdin = fstatSync(0);
    return stdin.isFIFO() || stdin.isFile() || stdin.isSocket();
  } catch {
    return false;
  }
}
