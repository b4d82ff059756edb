import { openSync } from "node:fs";
import { createInterface } from "node:readline";
import { ReadStream, WriteStream } from "node:tty";
import { withTerminal } from "../input/terminal-owner.ts";

/** What a person says to a call; `always` holds for the tool until the command ends. */
export type Allowance = "yes" | "no" | "always";

interface OwnTerminal {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
  close(): void;
}

/** Whether somebody can be asked, though stdin may be a pipe. */
export function hasTerminal(): boolean {
  const terminal = openTerminal();
  terminal?.close();
  return terminal !== undefined;
}

/** Asks whether what was shown may be called. Anything but a yes is a no. */
export function askOnTerminal(signal: AbortSignal): Promise<Allowance> {
  return withTerminal(() => ask(signal));
}

async function ask(signal: AbortSignal): Promise<Allowance> {
  const terminal = openTerminal();
  if (terminal === undefined) return "no";
  const { input, output } = terminal;
  const lines = createInterface({ input, output, terminal: true });
  try {
    const typed = await new Promise<string>((resolve) => {
      lines.on("SIGINT", () => {
        // Whoever began the call knows what that is to end; else it is a no.
        process.emit("SIGINT", "SIGINT");
        resolve("");
      });
      lines.on("close", () => resolve(""));
      signal.addEventListener("abort", () => resolve(""), { once: true });
      lines.question("  Call it? [y]es, [N]o, [a]lways: ", resolve);
    });
    signal.throwIfAborted();
    return allowanceOf(typed.trim().toLowerCase());
  } finally {
    lines.close();
    terminal.close();
  }
}

function allowanceOf(typed: string): Allowance {
  if (/^(y|yes)$/.test(typed)) return "yes";
  return /^(a|always)$/.test(typed) ? "always" : "no";
}

function openTerminal(): OwnTerminal | undefined {
  const { stdin: input, stderr: output } = process;
  if (input.isTTY && output.isTTY) return { input, output, close: () => input.pause() };
  if (process.platform === "win32") return undefined;
  try {
    const own = new ReadStream(openSync("/dev/tty", "r"));
    const shown = new WriteStream(openSync("/dev/tty", "w"));
    const close = () => {
      own.destroy();
      shown.destroy();
    };
    return { input: own, output: shown, close };
  } catch {
    return undefined;
  }
}
