import type { PrintAnswer } from "../chat/print-answer.ts";
import { printCalls, warn } from "../chat/print-answer.ts";
import { MarkdownStream } from "../markdown/markdown-stream.ts";
import { coloursOf, widthOf, write } from "../output/terminal.ts";

/** The widest line of prose that is easy to read, in columns. */
const widest = 100;

/** Prints an answer as Markdown, word by word. */
export const printMarkdown: PrintAnswer = async (client, request, asked, onAnswer) => {
  const look = () => ({
    styles: coloursOf(process.stdout),
    columns: Math.min(widthOf(process.stdout) - 1, widest),
  });
  const stream = client.stream(request, asked);
  let shown = new MarkdownStream(look);
  let isBegun = false;
  /** Whether the cursor stands after text instead of at the start of a line. */
  let isOpen = false;
  const show = (text: string) => {
    if (text === "") return;
    onAnswer();
    isBegun = true;
    isOpen = true;
    write(process.stdout, text);
  };
  const endLine = () => {
    show(shown.end());
    shown = new MarkdownStream(look);
    if (isOpen) process.stdout.write("\n");
    isOpen = false;
  };
  try {
    for await (const part of stream) {
      if (part.type === "text") show(shown.push(part.text));
      else if (part.type === "tool-call") endLine();
    }
    const reply = await stream.reply;
    onAnswer();
    if (!isBegun && reply.toolCalls.length === 0) isOpen = true;
    endLine();
    printCalls(reply);
    warn(reply);
    return reply;
  } catch (error) {
    show(shown.end());
    if (isOpen && !asked.signal?.aborted) process.stdout.write("\n");
    throw error;
  }
};
