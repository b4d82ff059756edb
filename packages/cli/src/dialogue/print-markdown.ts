import type { PrintAnswer } from "../chat/print-answer.ts";
import { printCalls, warn } from "../chat/print-answer.ts";
import { MarkdownStream } from "../markdown/markdown-stream.ts";
import { coloursOf, widthOf, write } from "../output/terminal.ts";

/** The most columns that a line of prose is easily read in. */
const widest = 100;

/** The text as markdown, a word at a time. */
export const printMarkdown: PrintAnswer = async (client, request, asked, onAnswer) => {
  const look = () => ({
    styles: coloursOf(process.stdout),
    columns: Math.min(widthOf(process.stdout) - 1, widest),
  });
  const stream = client.stream(request, asked);
  const shown = new MarkdownStream(look);
  let isBegun = false;
  const show = (text: string) => {
    if (text === "") return;
    onAnswer();
    isBegun = true;
    write(process.stdout, text);
  };
  try {
    for await (const part of stream) if (part.type === "text") show(shown.push(part.text));
    const reply = await stream.reply;
    show(shown.end());
    onAnswer();
    if (isBegun || reply.toolCalls.length === 0) process.stdout.write("\n");
    printCalls(reply);
    warn(reply);
    return reply;
  } catch (error) {
    show(shown.end());
    if (isBegun && !asked.signal?.aborted) process.stdout.write("\n");
    throw error;
  }
};
