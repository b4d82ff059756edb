import { stat } from "node:fs/promises";
import { UsageError } from "../failure.ts";
import { readStdin, readTextFile } from "../input/read-text.ts";

/** The prompt: the words, then the files, then what is piped in; whatever there is of them. */
export async function readPrompt(
  words: readonly string[],
  files: readonly string[],
): Promise<string> {
  const given = await wordsAndFiles(words, files);
  const parts = (await isPiped()) ? [...given, await readStdin()] : given;
  if (parts.length === 0) throw new UsageError("The prompt is missing.", usage);
  return joined(parts);
}

/** The same for a conversation, whose further questions are on stdin; nothing where none is given. */
export async function readFirstQuestion(
  words: readonly string[],
  files: readonly string[],
): Promise<string | undefined> {
  const parts = await wordsAndFiles(words, files);
  return parts.length === 0 ? undefined : joined(parts);
}

async function wordsAndFiles(
  words: readonly string[],
  files: readonly string[],
): Promise<readonly string[]> {
  return [
    ...(words.length > 0 ? [words.join(" ")] : []),
    ...(await Promise.all(files.map(async (file) => withoutEnd(await readTextFile(file))))),
  ];
}

function withoutEnd(text: string): string {
  return text.replace(/\r?\n$/, "");
}

function joined(parts: readonly string[]): string {
  const prompt = parts.filter((part) => part !== "").join("\n\n");
  if (prompt.trim() !== "") return prompt;
  throw new UsageError("The prompt must not be empty.", usage);
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
