import { openSync } from "node:fs";
import { createInterface } from "node:readline";
import { ReadStream, WriteStream } from "node:tty";
import { withTerminal } from "../input/terminal-owner.ts";

/** A person's answer about a call; `always` applies to the tool until the command ends. */
export type Allowance = "yes" | "no" | "always";

interface OwnTerminal {
  readonly input: NodeJS.ReadStream;
  readonly output: NodeJS.WriteStream;
  close(): void;
}

/** Whether a person can be asked, even if stdin is a pipe. */
export function hasTerminal(): boolean {
  const terminal = openTerminal();
  terminal?.close();
  return terminal !== undefined;
}

/** Asks whether the call that was shown may be made. Any unknown answer is a no. */
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
        // The code that made the call decides what an interrupt ends; if it ends nothing, this is a
        // no.
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
