import { UsageError } from "../failure.ts";
import { noteInterrupt } from "../interrupt.ts";
import { printableLine } from "../output/printable.ts";
import { readStdin } from "./read-text.ts";

/** A value that nobody sees: from a hidden prompt on a terminal, else from stdin. */
export async function readHidden(what: string): Promise<string> {
  const value = process.stdin.isTTY ? await ask(what) : await readStdin();
  if (value !== "") return value;
  throw new UsageError(`The ${what} is empty.`, "Type it at the prompt, or give it on stdin.");
}

/** The prompt hides it, and shows it again when it is answered. */
const showCursor = "\u001b[?25h\n";

/** A value that is not there yet: typed twice, where it is typed. */
export async function readNewHidden(what: string): Promise<string> {
  const value = await readHidden(what);
  if (!process.stdin.isTTY || value === (await readHidden(`${what}, once more`))) return value;
  throw new UsageError(`The ${what} was typed in two ways.`, "Run it again.");
}

async function ask(what: string): Promise<string> {
  const { isCancel, password } = await import("@clack/prompts");
  // At Ctrl-D the prompt closes and does not answer: nothing is left to wait for then.
  const closed = new Promise<undefined>((resolve) => {
    process.prependOnceListener("beforeExit", () => resolve(undefined));
  });
  const typed = password({ message: printableLine(`The ${what}`), output: process.stderr });
  const answer = await Promise.race([typed, closed]);
  if (answer !== undefined && !isCancel(answer)) return answer;
  if (answer !== undefined) noteInterrupt();
  else process.stderr.write(showCursor);
  throw new UsageError("Nothing was typed.", "Run it again.", "ABORTED");
}
