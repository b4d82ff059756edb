import { createInterface } from "node:readline/promises";
import type { LineEditor, Written } from "../line-editor/line-editor.ts";
import { drawn } from "../output/styles.ts";
import { coloursOf } from "../output/terminal.ts";

/** The source of a conversation's messages. */
export interface MessageSource {
  /** Reads the next message, which may start with a given text. */
  read(begun?: string): Promise<Written>;
  /** Stores a message so that it can be recalled. */
  remember(message: string): void;
  close(): void;
}

/** Reads each line as a message, from a pipe or from a terminal that cannot move its cursor. */
export function readLines(onTerminal: boolean, onInterrupt: () => boolean): MessageSource {
  const lines = createInterface({
    input: process.stdin,
    ...(onTerminal && { output: process.stderr }),
  });
  // Created at once: a line that arrives before the first read would be lost.
  const typed = lines[Symbol.asyncIterator]();
  let isClosed = false;
  let isInterrupted = false;
  lines.on("close", () => {
    isClosed = true;
  });
  lines.on("SIGINT", () => {
    if (onInterrupt()) return;
    isInterrupted = true;
    lines.close();
  });
  lines.setPrompt(drawn(coloursOf(process.stderr).bold("> ")));
  return {
    async read() {
      if (onTerminal && !isClosed) lines.prompt();
      const { value, done } = await typed.next();
      if (!done) return { type: "text", text: value };
      // Ctrl-D and Ctrl-C leave the cursor after the prompt.
      if (onTerminal) process.stderr.write("\n");
      return { type: isInterrupted ? "interrupt" : "end" };
    },
    remember: () => {},
    close: () => lines.close(),
  };
}

/** Whether the terminal can move its cursor, which an editor of several lines needs. */
export function canEdit(): boolean {
  return Boolean(process.stdin.isTTY && process.stderr.isTTY) && process.env.TERM !== "dumb";
}

/** Opens an editor for messages of several lines on the terminal. */
export async function openEditor(
  onInterrupt: () => void,
  edit: (text: string) => Promise<string>,
): Promise<LineEditor> {
  const { LineEditor } = await import("../line-editor/line-editor.ts");
  const { completeCommand } = await import("./take-message.ts");
  const { stdin: input, stderr: output } = process;
  return new LineEditor({ input, output, onInterrupt, edit, complete: completeCommand });
}
