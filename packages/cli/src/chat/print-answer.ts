import type { CallOptions, ChatRequest, Client, Reply, RunPart, RunReply } from "@acc/dual-mode";
import { printExact, printJsonLine, tell, write } from "../output/terminal.ts";

/** Asks, and writes the answer in a certain format. */
export type PrintAnswer = (
  client: Client,
  request: ChatRequest,
  asked: CallOptions,
  /** Called once, before the first of the answer is written. */
  onAnswer: () => void,
) => Promise<Reply | RunReply>;

/** The reply as one JSON document. */
export const printDocument: PrintAnswer = async (client, request, asked, onAnswer) => {
  const reply = await client.chat(request, asked);
  onAnswer();
  printJsonLine(reply);
  return reply;
};

/** A line of JSON for each part as it arrives, and a last one with the reply. */
export const printParts: PrintAnswer = async (client, request, asked, onAnswer) => {
  const stream = client.stream(request, asked);
  for await (const part of stream) {
    onAnswer();
    printJsonLine(part);
  }
  const reply = await stream.reply;
  printJsonLine({ type: "reply", reply });
  return reply;
};

/** The text, as a whole. */
export const printWhole: PrintAnswer = async (client, request, asked, onAnswer) => {
  const reply = await client.chat(request, asked);
  onAnswer();
  if (reply.text !== "" || reply.toolCalls.length === 0) printExact(reply.text);
  printCalls(reply);
  warn(reply);
  return reply;
};

/** The text, as it arrives. */
export const printStream: PrintAnswer = async (client, request, asked, onAnswer) => {
  const stream = client.stream(request, asked);
  let last = "";
  try {
    for await (const part of stream as AsyncIterable<RunPart>) {
      if (part.type === "step" && !part.last) last = endLine(last);
      if (part.type !== "text" || part.text === "") continue;
      onAnswer();
      write(process.stdout, part.text);
      last = part.text;
    }
    const reply = await stream.reply;
    onAnswer();
    if (last !== "" || reply.toolCalls.length === 0) process.stdout.write("\n");
    printCalls(reply);
    warn(reply);
    return reply;
  } catch (error) {
    // After an interrupt the caller ends the line: the terminal may have written ^C.
    if (last !== "" && !last.endsWith("\n") && !asked.signal?.aborted) process.stdout.write("\n");
    throw error;
  }
};

/** Ends the line of an answer that is followed by tool calls and a further answer. */
function endLine(last: string): string {
  if (last !== "" && !last.endsWith("\n")) process.stdout.write("\n");
  return "";
}

/** Prints the tool calls that the model asks for, one per line. */
export function printCalls({ toolCalls }: Reply): void {
  for (const { id, name, input } of toolCalls) printJsonLine({ id, name, input });
}

/** Prints the warnings of an answer that is otherwise good. */
export function warn({ warnings }: Reply): void {
  for (const { code, message } of warnings) {
    if (code !== "NOT_CACHEABLE") tell(`${message} (${code})`);
  }
}
