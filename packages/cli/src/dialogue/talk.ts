import type { CallOptions, Client, Message, Reply, RunReply } from "@acc/dual-mode";
import type { Attachment } from "../chat/attachments.ts";
import { type RequestBase, userMessage } from "../chat/build-request.ts";
import type { PrintAnswer } from "../chat/print-answer.ts";
import type { Progress } from "../chat/progress.ts";
import { printError } from "../output/print-error.ts";

/** The parts that a conversation is made of. */
export interface TalkParts {
  readonly client: Client;
  /** Opens a client that tries these providers in order. */
  readonly open: (names: readonly string[]) => Promise<Client>;
  readonly base: RequestBase;
  readonly asked: CallOptions;
  readonly progress: Progress;
  readonly print: PrintAnswer;
  /** Sent with each question until one is answered. */
  readonly attached: readonly Attachment[];
  /** Called with each answer and the time that it took, in ms. */
  readonly onReply: (reply: Reply, ms: number) => Promise<void>;
}

/**
 * The messages of a conversation and the client for its next question. Each question is sent
 * together with all earlier messages.
 */
export class Talk {
  readonly #parts: TalkParts;
  #client: Client;
  #base: RequestBase;
  /** The messages up to the last answer. */
  #said: readonly Message[] = [];
  /** The messages up to a question without an answer; undefined if there is none. */
  #unanswered: readonly Message[] | undefined;
  #attached: readonly Attachment[];
  #answer: AbortController | undefined;

  constructor(parts: TalkParts) {
    this.#parts = parts;
    this.#client = parts.client;
    this.#base = parts.base;
    this.#attached = parts.attached;
  }

  get said(): readonly Message[] {
    return this.#said;
  }

  get model(): string | undefined {
    return this.#base.model;
  }

  get system(): string | undefined {
    return this.#base.system;
  }

  get provider(): string {
    return this.#client.provider;
  }

  /** The attachments of the next question. */
  get attached(): readonly Attachment[] {
    return this.#attached;
  }

  ask(question: string): Promise<void> {
    return this.#ask([...this.#said, userMessage(question, this.#attached)]);
  }

  /** Asks the last question again; returns false if there is none. */
  async retry(): Promise<boolean> {
    const messages = this.#unanswered ?? upToQuestion(this.#said);
    if (messages.length === 0) return false;
    const { cache } = this.#parts.asked;
    await this.#ask(messages, cache === "off" ? {} : { cache: "refresh" });
    return true;
  }

  /** Removes the last question and its answer, and returns the question's text. */
  undo(): string | undefined {
    const messages = this.#unanswered ?? upToQuestion(this.#said);
    const question = messages.at(-1);
    if (question === undefined) return undefined;
    if (this.#unanswered === undefined) this.#said = messages.slice(0, -1);
    this.#unanswered = undefined;
    return textOf(question);
  }

  /** Starts a new conversation, or continues after these messages. */
  begin(messages: readonly Message[] = []): void {
    this.#said = messages;
    this.#unanswered = undefined;
  }

  attach(attached: readonly Attachment[]): void {
    this.#attached = [...this.#attached, ...attached];
  }

  detach(): void {
    this.#attached = [];
  }

  useModel(model: string): void {
    this.#base = { ...this.#base, model };
  }

  useSystem(system: string | undefined): void {
    const { system: _, ...base } = this.#base;
    this.#base = system === undefined ? base : { ...base, system };
  }

  /** Switches to other providers and their default model: each provider has its own models. */
  async useProviders(names: readonly string[]): Promise<void> {
    const client = await this.#parts.open(names);
    await this.#client.close();
    this.#client = client;
    const { model: _, ...base } = this.#base;
    this.#base = base;
  }

  /** Aborts the current answer; returns false if there is none. */
  interrupt(): boolean {
    this.#answer?.abort();
    return this.#answer !== undefined;
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  async #ask(messages: readonly Message[], more: CallOptions = {}): Promise<void> {
    const { asked, print, progress, onReply } = this.#parts;
    this.#answer = new AbortController();
    const { signal } = this.#answer;
    this.#unanswered = messages;
    const began = performance.now();
    const onSignal = () => this.interrupt();
    // If stdin is a pipe, SIGINT ends the process.
    if (process.stdin.isTTY) process.on("SIGINT", onSignal);
    try {
      const request = { ...this.#base, messages };
      const reply = await print(
        this.#client,
        request,
        { ...asked, ...more, signal },
        progress.stop,
      );
      this.#said = saidIn(reply) ?? [...messages, { role: "assistant", content: reply.text }];
      this.#unanswered = undefined;
      this.#attached = [];
      progress.end();
      await onReply(reply, performance.now() - began);
    } catch (error) {
      if (signal.aborted) process.stdout.write("\n");
      else await printError(error, false);
    } finally {
      progress.end();
      process.off("SIGINT", onSignal);
      this.#answer = undefined;
    }
  }
}

/** The messages of an answer for which tools were called, with the calls and their results. */
function saidIn(reply: Reply | RunReply): readonly Message[] | undefined {
  return "messages" in reply ? reply.messages : undefined;
}

/** The messages up to the last one of the user. */
function upToQuestion(messages: readonly Message[]): readonly Message[] {
  return messages.slice(0, messages.findLastIndex(({ role }) => role === "user") + 1);
}

/** The text of a message. */
function textOf({ content }: Message): string {
  if (typeof content === "string") return content;
  return content.map((piece) => (piece.type === "text" ? piece.text : "")).join("");
}
