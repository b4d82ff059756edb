import { createInterface, type Interface } from "node:readline/promises";
import type { CallOptions, Client, Message, Reply } from "@acc/dual-mode";
import { resolveSettings } from "../config/resolve-settings.ts";
import { UsageError } from "../failure.ts";
import { longestInput } from "../input/read-text.ts";
import { noteInterrupt } from "../interrupt.ts";
import { printError } from "../output/print-error.ts";
import { drawn } from "../output/styles.ts";
import { coloursOf, tell } from "../output/terminal.ts";
import { checkNames } from "../providers.ts";
import type { Template } from "../templates/parse-template.ts";
import { type Attachment, readAttachments } from "./attachments.ts";
import {
  callOptions,
  clientOptions,
  type RequestBase,
  requestBase,
  userMessage,
} from "./build-request.ts";
import type { ChatOptions } from "./chat-options.ts";
import { anyClient, namedClient, namedProviders } from "./choose-client.ts";
import { printStream } from "./print-answer.ts";
import { type Progress, startProgress } from "./progress.ts";
import { readFirstQuestion } from "./read-prompt.ts";

const help =
  "/model NAME   ask this model from now on\n/retry        ask the last question anew\n/help         this\n/exit         end (Ctrl-D too)";

/** A conversation: every question brings what was said before. */
export async function converse(
  words: readonly string[],
  options: ChatOptions,
  template?: Template,
): Promise<void> {
  if (options.json || options.streamJson) {
    throw new UsageError(
      "A conversation is not written as JSON.",
      "Leave out -i or the JSON flag.",
    );
  }
  const settings = await resolveSettings();
  const names = await checkNames(namedProviders(options.provider, settings));
  const [first, attached, base] = await Promise.all([
    readFirstQuestion(words, options, template),
    readAttachments(options),
    requestBase(options, settings),
  ]);
  const progress = await startProgress(options.verbose ?? false, "conversation");
  const own = { ...clientOptions(options), onEvent: progress.onEvent };
  const client = await (names.length > 0 ? namedClient(names, own) : anyClient(own));
  const talk = new Conversation(client, base, callOptions(options, settings), progress, attached);
  try {
    await talk.run(first);
  } finally {
    await client.close();
  }
}

class Conversation {
  readonly #client: Client;
  readonly #asked: CallOptions;
  readonly #progress: Progress;
  readonly #attached: readonly Attachment[];
  #base: RequestBase;
  /** What was said, up to the last answer. */
  #answered: readonly Message[] = [];
  /** The last question, and what was said before it. */
  #lastAsked: readonly Message[] = [];
  #answer: AbortController | undefined;

  constructor(
    client: Client,
    base: RequestBase,
    asked: CallOptions,
    progress: Progress,
    attached: readonly Attachment[],
  ) {
    this.#client = client;
    this.#base = base;
    this.#asked = asked;
    this.#progress = progress;
    this.#attached = attached;
  }

  async run(first: string | undefined): Promise<void> {
    const onTerminal = Boolean(process.stdin.isTTY && process.stderr.isTTY);
    const lines = createInterface({
      input: process.stdin,
      ...(onTerminal && { output: process.stderr }),
    });
    // Taken before anything is asked: a line that comes meanwhile would be lost.
    const typed = lines[Symbol.asyncIterator]();
    let ended = false;
    lines.on("close", () => {
      ended = true;
    });
    lines.on("SIGINT", () => this.#interrupt(lines));
    lines.setPrompt(drawn(coloursOf(process.stderr).bold("> ")));
    const prompt = () => {
      if (onTerminal && !ended) lines.prompt();
    };
    if (onTerminal) tell("Ctrl-D ends it; /help tells more.");
    if (first !== undefined) await this.#ask([userMessage(first, this.#attached)]);
    prompt();
    for await (const line of { [Symbol.asyncIterator]: () => typed }) {
      if (line.trim() === "/exit") return lines.close();
      await this.#take(line.trim());
      prompt();
    }
    // Ctrl-D and Ctrl-C leave the cursor behind the prompt.
    if (onTerminal) process.stderr.write("\n");
  }

  /** Ends the answer that is coming; where none is, the conversation. */
  #interrupt(lines: Interface): void {
    if (this.#answer) {
      this.#answer.abort();
    } else {
      noteInterrupt();
      lines.close();
    }
  }

  async #take(line: string): Promise<void> {
    if (line === "") return;
    if (Buffer.byteLength(line) > longestInput) return printError(tooLong(), false);
    if (!line.startsWith("/")) return this.#askNext(line);
    const [word, ...rest] = line.split(/\s+/);
    if (word === "/help") process.stderr.write(`${help}\n`);
    else if (word === "/retry") await this.#retry();
    else if (word === "/model") this.#useModel(rest.join(" "));
    else tell(`There is no ${word}.\n${help}`);
  }

  /** What is attached goes with the first question that is answered, whichever that is. */
  #askNext(line: string): Promise<void> {
    const before = this.#answered;
    return this.#ask([...before, userMessage(line, before.length === 0 ? this.#attached : [])]);
  }

  async #retry(): Promise<void> {
    if (this.#lastAsked.length === 0) tell("Nothing was asked yet.");
    else await this.#ask(this.#lastAsked, this.#asked.cache === "off" ? {} : { cache: "refresh" });
  }

  #useModel(model: string): void {
    if (model !== "") this.#base = { ...this.#base, model };
    tell(`The model is ${this.#base.model ?? "the provider's own"}.`);
  }

  async #ask(messages: readonly Message[], more: CallOptions = {}): Promise<void> {
    this.#answer = new AbortController();
    const asked = { ...this.#asked, ...more, signal: this.#answer.signal };
    const request = { ...this.#base, messages };
    this.#lastAsked = messages;
    try {
      const reply = await printStream(this.#client, request, asked, this.#progress.stop);
      this.#answered = [...messages, answered(reply)];
    } catch (error) {
      if (this.#answer.signal.aborted) process.stdout.write("\n");
      else await printError(error, false);
    } finally {
      this.#progress.end();
      this.#answer = undefined;
    }
  }
}

function tooLong(): UsageError {
  return new UsageError(
    `There are more than ${longestInput / 1024 / 1024} MiB in this line.`,
    "Give less; no model reads that much.",
    "INPUT_TOO_LARGE",
  );
}

function answered({ text }: Reply): Message {
  return { role: "assistant", content: text };
}
