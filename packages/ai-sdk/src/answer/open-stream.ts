import type { Part, ReplyStream, Usage } from "@acc/dual-mode";
import type { CallWarning } from "../contract/answer.ts";
import type { ModelCallOptions } from "../contract/call-options.ts";
import type { StreamPart } from "../contract/stream-part.ts";
import { toAiError } from "../errors/to-ai-error.ts";
import type { ModelSource } from "../model-source.ts";
import { readCall } from "../request/read-call.ts";
import { toCallWarnings } from "../request/warnings.ts";
import { newAnswerId } from "./answer-id.ts";
import { metadataOf } from "./metadata.ts";
import { misfitOf } from "./misfit.ts";
import { PartWriter } from "./part-writer.ts";
import { toUsage } from "./usage.ts";

/**
 * Opens a streamed answer, once its first content has arrived. Throws the AI SDK's own kinds of
 * errors. A later failure is an `error` part, and an abort fails the stream.
 */
export async function openStream(
  { client, name, model, refusals, before }: ModelSource,
  options: ModelCallOptions,
): Promise<ReadableStream<StreamPart>> {
  const { request, asked, warnings } = readCall(options, model);
  const question = refusals.question(name, request, asked);
  const source = client.stream(before.same(request), question.options);
  const reading = new Reading(source, options.abortSignal);
  try {
    const opening = await reading.open(model ?? name);
    const ended = () => question.answered(opening.id);
    return reading.stream([...warnings, ...opening.warnings], opening, ended);
  } catch (error) {
    throw toAiError(error, options.abortSignal, asked);
  }
}

/** What is known of an answer before it has any content. */
interface Opening {
  readonly id: string;
  readonly modelId: string;
  readonly warnings: readonly CallWarning[];
  /** The first part with content; undefined if the answer ended without any. */
  readonly first: Part | undefined;
}

class Reading {
  readonly #source: ReplyStream;
  readonly #parts: AsyncIterator<Part>;
  readonly #signal: AbortSignal | undefined;
  readonly #writer = new PartWriter();
  #usage: Usage | undefined;
  #isShown = false;
  #ended: () => void = () => {};

  constructor(source: ReplyStream, signal: AbortSignal | undefined) {
    this.#source = source;
    this.#parts = source[Symbol.asyncIterator]();
    this.#signal = signal;
  }

  async open(asked: string): Promise<Opening> {
    const warnings: CallWarning[] = [];
    let begun: { readonly id?: string; readonly model?: string } = {};
    let first: Part | undefined;
    for (;;) {
      const part = await this.#next();
      if (part?.type === "start") begun = part;
      else if (part?.type === "warning") warnings.push(...toCallWarnings(part.warning));
      else if (part === undefined || shows(part)) {
        first = part;
        break;
      }
    }
    return { id: begun.id ?? newAnswerId(), modelId: begun.model ?? asked, warnings, first };
  }

  /** @param ended Called when the answer is complete. */
  stream(
    warnings: CallWarning[],
    { id, modelId, first }: Opening,
    ended: () => void,
  ): ReadableStream<StreamPart> {
    this.#ended = ended;
    return new ReadableStream<StreamPart>({
      start: (controller) => {
        controller.enqueue({ type: "stream-start", warnings });
        controller.enqueue({ type: "response-metadata", id, modelId, timestamp: new Date() });
        if (first !== undefined) this.#show(first, controller);
      },
      pull: (controller) => this.#pull(controller),
      cancel: async () => {
        await this.#parts.return?.();
      },
    });
  }

  async #next(): Promise<Part | undefined> {
    const { done, value } = await this.#parts.next();
    if (done) return undefined;
    if (value.type === "usage") this.#usage = { ...this.#usage, ...value.usage };
    return value;
  }

  async #pull(controller: ReadableStreamDefaultController<StreamPart>): Promise<void> {
    try {
      for (;;) {
        const part = await this.#next();
        if (part === undefined) return await this.#finish(controller);
        if (this.#show(part, controller)) return;
      }
    } catch (error) {
      this.#fail(error, controller);
    }
  }

  #show(part: Part, controller: ReadableStreamDefaultController<StreamPart>): boolean {
    const written = this.#writer.write(part);
    for (const each of written) controller.enqueue(each);
    this.#isShown ||= written.length > 0;
    return written.length > 0;
  }

  async #finish(controller: ReadableStreamDefaultController<StreamPart>): Promise<void> {
    const reply = await this.#source.reply;
    this.#ended();
    for (const part of this.#writer.end()) controller.enqueue(part);
    controller.enqueue({
      type: "finish",
      usage: toUsage(reply.usage),
      finishReason: { unified: reply.finishReason, raw: reply.vendorReason },
      providerMetadata: metadataOf(reply),
    });
    controller.close();
  }

  #fail(error: unknown, controller: ReadableStreamDefaultController<StreamPart>): void {
    if (this.#signal?.aborted) {
      controller.error(toAiError(error, this.#signal));
      return;
    }
    for (const part of this.#writer.end()) controller.enqueue(part);
    // The app has the text already, and checks it itself.
    const misfit = this.#isShown ? misfitOf(error) : undefined;
    if (!misfit) controller.enqueue({ type: "error", error: toAiError(error, this.#signal) });
    controller.enqueue({
      type: "finish",
      usage: toUsage(this.#usage),
      finishReason: { unified: misfit ? "stop" : "error", raw: undefined },
      ...(misfit && { providerMetadata: metadataOf({ attempts: misfit.error.attempts }) }),
    });
    controller.close();
  }
}

function shows({ type }: Part): boolean {
  return type !== "usage" && type !== "limits";
}
