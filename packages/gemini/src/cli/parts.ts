import type { CanonicalRequest, CommandExit, FinishReason, Part } from "@acc/dual-mode/provider";
import { exitError, runError, silentError } from "./failure.ts";

type Event = Readonly<Record<string, unknown>>;

/** The last event of a run, as far as it is read. */
interface Result {
  readonly status?: string;
  readonly error?: { readonly message?: string };
  readonly stats?: {
    readonly total_tokens?: number;
    readonly input_tokens?: number;
    readonly output_tokens?: number;
    readonly cached?: number;
  };
}

/** Reads a run: its stream-json events, then its exit. */
export class RunReader {
  readonly #request: CanonicalRequest;
  #model: string | undefined;
  #started = false;
  #result: Result | undefined;
  #silent: string | undefined;
  #answered = false;

  constructor(request: CanonicalRequest) {
    this.#request = request;
  }

  *read(event: Event): Generator<Part> {
    switch (event.type) {
      case "init":
        if (typeof event.model === "string") this.#model = event.model;
        break;
      case "message":
        if (event.role !== "assistant" || typeof event.content !== "string") break;
        this.#answered = true;
        yield* this.#start();
        yield { type: "text", text: event.content };
        break;
      case "error":
        if (event.severity === "error") this.#silent = String(event.message);
        break;
      case "result":
        this.#result = event;
        break;
    }
  }

  /** Only exit 0 and a result without an error before or in it make an answer. */
  async *end(exit: CommandExit): AsyncGenerator<Part> {
    const result = this.#result;
    if (result === undefined) throw exitError(exit);
    if (result.error?.message !== undefined) throw await runError(exit, result.error.message);
    if (exit.exitCode !== 0) throw exitError(exit);
    if (this.#silent !== undefined && !isBlock(this.#silent)) {
      throw silentError(this.#silent, this.#answered);
    }
    if (result.status !== "success" && this.#silent === undefined) throw exitError(exit);
    yield* this.#start();
    yield { type: "usage", usage: toUsage(result) };
    yield {
      type: "finish",
      reason: this.#silent === undefined ? this.#reason(result) : "content-filter",
    };
  }

  /** The CLI says `init` before it has asked: an answer starts with what the API said. */
  *#start(): Generator<Part> {
    if (this.#started) return;
    this.#started = true;
    yield { type: "start", ...(this.#model !== undefined && { model: this.#model }) };
  }

  /** The CLI does not say that the bound cut the answer; its count of tokens does. */
  #reason({ stats }: Result): FinishReason {
    const bound = this.#request.maxOutputTokens;
    const { total_tokens = 0, input_tokens = 0 } = stats ?? {};
    return bound !== undefined && total_tokens - input_tokens >= 0.9 * bound ? "length" : "stop";
  }
}

function isBlock(said: string): boolean {
  return /blocked|safety|prohibited|recitation/i.test(said);
}

function toUsage({ stats }: Result): Extract<Part, { type: "usage" }>["usage"] {
  const reported = {
    inputTokens: stats?.input_tokens,
    outputTokens: stats?.output_tokens,
    cacheReadTokens: stats?.cached,
  };
  return Object.fromEntries(Object.entries(reported).filter(([, value]) => value !== undefined));
}
