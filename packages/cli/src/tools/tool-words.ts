import { UsageError } from "../failure.ts";

/**
 * The words of `--tools`: sources of tools that acc calls itself, and files that only declare
 * tools.
 */
export interface ToolWords {
  readonly called: readonly string[];
  readonly declared: readonly string[];
}

/** @throws UsageError if both kinds are given: an answer cannot wait for both */
export function toolWords(words: readonly string[] = []): ToolWords {
  const called = words.filter(isCalled);
  const declared = words.filter((word) => !isCalled(word));
  if (called.length > 0 && declared.length > 0) {
    throw new UsageError(
      `The calls of ${declared.join(", ")} are only printed, and those of ${called.join(", ")} are made: not both in one answer.`,
      "Leave one of them out.",
    );
  }
  return { called, declared };
}

/** Whether a word is a module or a server; any other file is JSON. */
function isCalled(word: string): boolean {
  return word.startsWith("mcp:") || /\.[mc]?[jt]s$/i.test(word);
}
