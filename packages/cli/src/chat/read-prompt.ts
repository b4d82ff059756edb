import { stat } from "node:fs/promises";
import { UsageError } from "../failure.ts";
import { readStdin, readTextFile } from "../input/read-text.ts";
import { tell } from "../output/terminal.ts";
import type { Template } from "../templates/parse-template.ts";
import { promptFiles } from "./attachments.ts";
import type { ChatOptions } from "./parsed-flags.ts";

/** Where a prompt may come from. */
export type PromptSources = Pick<
  ChatOptions,
  "file" | "attach" | "stdin" | "timeout" | "template" | "param"
>;

/** The prompt: the words, then the files, then piped input, as far as each is given. */
export async function readPrompt(
  words: readonly string[],
  sources: PromptSources,
  template?: Template,
): Promise<string> {
  const wanted = wantsStdin(words, sources);
  const parts = await wordsAndFiles(words, sources);
  if (!wanted && sources.stdin && (await isPiped())) {
    const hasPrompt = template !== undefined || parts.some((part) => part !== "");
    const text = await fromStdin(sources, hasPrompt);
    if (text !== "" || parts.length === 0) parts.push(text);
  }
  if (template !== undefined) return filledIn(template, sources, parts);
  if (parts.length === 0) throw new UsageError("The prompt is missing.", usage);
  return joined(parts);
}

/** The same for a conversation, which reads later questions from stdin. Undefined if not given. */
export async function readFirstQuestion(
  words: readonly string[],
  sources: PromptSources,
  template?: Template,
): Promise<string | undefined> {
  if (wantsStdin(words, sources)) {
    throw new UsageError(
      "In a conversation the questions come from stdin.",
      "Leave out the - or the -i.",
    );
  }
  const parts = await wordsAndFiles(words, sources);
  if (template !== undefined) return filledIn(template, sources, parts);
  return parts.length === 0 ? undefined : joined(parts);
}

async function filledIn(
  template: Template,
  sources: PromptSources,
  parts: readonly string[],
): Promise<string> {
  const { readParams } = await import("../templates/read-params.ts");
  const { fillTemplate } = await import("../templates/fill-template.ts");
  const params = await readParams(sources.param ?? [], (path) => read(path, sources));
  const input = parts.filter((part) => part !== "").join("\n\n");
  const prompt = fillTemplate(sources.template ?? "", template, params, input || undefined);
  return joined([prompt]);
}

async function wordsAndFiles(words: readonly string[], sources: PromptSources): Promise<string[]> {
  const last = words.at(-1) === "-" ? ["-"] : [];
  const said = last.length > 0 ? words.slice(0, -1) : words;
  return [
    ...(said.length > 0 ? [said.join(" ")] : []),
    ...(await Promise.all([...promptFiles(sources), ...last].map((path) => read(path, sources)))),
  ];
}

async function read(path: string, sources: PromptSources): Promise<string> {
  if (path !== "-") return (await readTextFile(path)).replace(/\r?\n$/, "");
  if (process.stdin.isTTY) tell("Type it here; Ctrl-D at the beginning of a line ends it.");
  return readStdin(patience(sources));
}

/** Whether stdin was named explicitly; it can be read only once. */
function wantsStdin(
  words: readonly string[],
  { file = [], attach = [], param = [], stdin }: PromptSources,
) {
  const paths = [...words.slice(-1), ...file, ...attach].filter((path) => path === "-");
  const named = paths.length + param.filter((each) => each.endsWith("=@-")).length;
  if (named > 1) throw new UsageError("Stdin can be read only once.", "Leave one - out.");
  if (named > 0 && !stdin) {
    throw new UsageError("--no-stdin and - exclude each other.", "Leave one of them out.");
  }
  return named > 0;
}

/** A parent process may keep stdin open without writing to it, so a long silence is explained. */
function fromStdin(sources: PromptSources, hasPrompt: boolean): Promise<string> {
  const way = hasPrompt
    ? "To ask without stdin: --no-stdin, or < /dev/null."
    : "Give the prompt as words to ask without it.";
  const onSilence = () => tell(`Waiting for the end of stdin, which has said nothing yet. ${way}`);
  return readStdin({ ...patience(sources), onSilence });
}

function patience({ timeout }: PromptSources): { readonly timeout?: number } {
  return timeout === undefined ? {} : { timeout };
}

function joined(parts: readonly string[]): string {
  const prompt = parts.filter((part) => part !== "").join("\n\n");
  if (prompt.trim() !== "") return prompt;
  throw new UsageError("The prompt must not be empty.", usage);
}

const usage = 'Give it as words, on stdin or with --file: acc chat "Explain decorators"';

/**
 * A terminal or /dev/null has no prompt; a pipe, a file or a socket does. `fs.fstat` is not used:
 * once it has seen a pipe, Node 20's `realpathSync` stops at the first folder it knows, and imports
 * fail.
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
