import { openSync } from "node:fs";
import { ReadStream, WriteStream } from "node:tty";
import { UsageError } from "../failure.ts";
import { noteInterrupt } from "../interrupt.ts";
import { printableLine } from "../output/printable.ts";
import { readStdin } from "./read-text.ts";
import { withTerminal } from "./terminal-owner.ts";

/** Reads a value from a hidden prompt on a terminal, else from stdin. */
export async function readHidden(what: string): Promise<string> {
  const value = process.stdin.isTTY ? await ask(what) : await readStdin();
  if (value !== "") return value;
  throw new UsageError(`The ${what} is empty.`, "Type it at the prompt, or give it on stdin.");
}

/** Shows the cursor again, which the prompt hides until it is answered. */
const showCursor = "\u001b[?25h\n";

/** Reads a new value, which is typed twice on a terminal. */
export async function readNewHidden(what: string): Promise<string> {
  const value = await readHidden(what);
  if (!process.stdin.isTTY || value === (await readHidden(`${what}, once more`))) return value;
  throw new UsageError(`The two entries of the ${what} differ.`, "Run it again.");
}

/**
 * Reads a value from a hidden prompt, even if stdin is a pipe. Throws `otherwise` if there is no
 * terminal.
 */
export async function readOnTerminal(what: string, otherwise: Error): Promise<string> {
  if (process.stdin.isTTY) return ask(what);
  const terminal = openTerminal();
  if (terminal === undefined) throw otherwise;
  try {
    return await ask(what, terminal);
  } finally {
    terminal.input.destroy();
    terminal.output.destroy();
  }
}

interface OwnTerminal {
  readonly input: ReadStream;
  readonly output: WriteStream;
}

/** Opens the controlling terminal of this process, whatever its stdin is. */
function openTerminal(): OwnTerminal | undefined {
  if (process.platform === "win32") return undefined;
  try {
    const [input, output] = [openSync("/dev/tty", "r"), openSync("/dev/tty", "w")];
    return { input: new ReadStream(input), output: new WriteStream(output) };
  } catch {
    return undefined;
  }
}

function ask(what: string, terminal?: OwnTerminal): Promise<string> {
  return withTerminal(() => askThere(what, terminal));
}

async function askThere(what: string, terminal?: OwnTerminal): Promise<string> {
  const { isCancel, password } = await import("@clack/prompts");
  const output = terminal?.output ?? process.stderr;
  // On Ctrl-D, the prompt closes without an answer, and there is nothing left to wait for.
  const closed = new Promise<undefined>((resolve) => {
    process.prependOnceListener("beforeExit", () => resolve(undefined));
  });
  const message = printableLine(`The ${what}`);
  const typed = password({ message, output, ...(terminal && { input: terminal.input }) });
  const answer = await Promise.race([typed, closed]);
  if (answer !== undefined && !isCancel(answer)) return answer;
  if (answer !== undefined) noteInterrupt();
  else output.write(showCursor);
  throw new UsageError("Nothing was typed.", "Run it again.", "ABORTED");
}
