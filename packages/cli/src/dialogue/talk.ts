import type { CallOptions, Client, Message, Reply, RunReply } from "@acc/dual-mode";
import type { Attachment } from "../chat/attachments.ts";
import { type RequestBase, userMessage } from "../chat/build-request.ts";
import type { PrintAnswer } from "../chat/print-answer.ts";
import type { Progress } from "../chat/progress.ts";
import { printError } from "../output/print-error.ts";

/** What a conversation is held with. */
export interface TalkParts {
  readonly client: Client;
  /** A client of these providers, in turn. */
  readonly open: (names: readonly string[]) => Promise<Client>;
  readonly base: RequestBase;
  readonly asked: CallOptions;
  readonly progress: Progress;
  readonly print: PrintAnswer;
  /** Goes with the first question that is answered. */
  readonly attached: readonly Attachment[];
  /** Told of every answer, and of the milliseconds that it took. */
  readonly onReply: (reply: Reply, ms: number) => Promise<void>;
}

/** What was said, and who is asked next: every question brings what was said before. */
export class Talk {
  readonly #parts: TalkParts;
  #client: Client;
  #base: RequestBase;
  /** What was said, up to the last answer. */
  #said: readonly Message[] = [];
  /** Everything up to a question that nobody has answered. */
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

  /** What goes with the next question. */
  get attached(): readonly Attachment[] {
    return this.#attached;
  }

  ask(question: string): Promise<void> {
    return this.#ask([...this.#said, userMessage(question, this.#attached)]);
  }

  /** Asks the last question again; false where there is none. */
  async retry(): Promise<boolean> {
    const messages = this.#unanswered ?? upToQuestion(this.#said);
    if (messages.length === 0) return false;
    const { cache } = this.#parts.asked;
    await this.#ask(messages, cache === "off" ? {} : { cache: "refresh" });
    return true;
  }

  /** Takes the last question back, and its answer; gives its words. */
  undo(): string | undefined {
    const messages = this.#unanswered ?? upToQuestion(this.#said);
    const question = messages.at(-1);
    if (question === undefined) return undefined;
    if (this.#unanswered === undefined) this.#said = messages.slice(0, -1);
    this.#unanswered = undefined;
    return textOf(question);
  }

  /** Begins again, or continues after these messages. */
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

  /** Another provider has other models: it is asked for its own. */
  async useProviders(names: readonly string[]): Promise<void> {
    const client = await this.#parts.open(names);
    await this.#client.close();
    this.#client = client;
    const { model: _, ...base } = this.#base;
    this.#base = base;
  }

  /** Ends the answer that is coming; false where none is. */
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
    // In a pipe it ends all.
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

/** Of an answer for which tools were called: their calls and results are of what was said. */
function saidIn(reply: Reply | RunReply): readonly Message[] | undefined {
  return "messages" in reply ? reply.messages : undefined;
}

/** The messages up to the last of the user's. */
function upToQuestion(messages: readonly Message[]): readonly Message[] {
  return messages.slice(0, messages.findLastIndex(({ role }) => role === "user") + 1);
}

/** The words of a message. */
function textOf({ content }: Message): string {
  if (typeof content === "string") return content;
  return content.map((piece) => (piece.type === "text" ? piece.text : "")).join("");
}
