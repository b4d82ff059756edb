import {
  type CanonicalRequest,
  type CommandExit,
  DualModeError,
  type FinishReason,
  givenText,
  type JsonObject,
  type Part,
  type RunReader,
  usualPatience,
} from "@acc/dual-mode/provider";
import { exitError, runError, silentError } from "./failure.ts";
import { reportedFinish } from "./reported-finish.ts";
import { type Result, toResult } from "./result.ts";

/** Reads a run: its stream-json events, then its exit. */
export class GeminiRunReader implements RunReader {
  readonly #request: CanonicalRequest;
  #model: string | undefined;
  #started = false;
  #result: Result | undefined;
  #silent: string | undefined;
  #answered = false;

  constructor(request: CanonicalRequest) {
    this.#request = request;
  }

  get patience(): number | undefined {
    return this.#result === undefined ? undefined : usualPatience;
  }

  *read(event: JsonObject): Generator<Part> {
    if (this.#result !== undefined) return;
    switch (event.type) {
      case "init":
        this.#model = givenText(event.model);
        break;
      case "message":
        if (event.role === "assistant") yield* this.#add(event.content);
        break;
      case "error":
        if (event.severity === "error") this.#silent = givenText(event.message) ?? "an error";
        break;
      case "result":
        this.#result = toResult(event);
        break;
    }
  }

  /** Only exit 0 and a result without an error before or in it make an answer. */
  async *end(exit: CommandExit): AsyncGenerator<Part> {
    const result = this.#result;
    if (result === undefined) throw await exitError(exit);
    if (result.error !== undefined) throw await runError(exit, result.error);
    if (exit.exitCode !== 0 && !exit.lingered) throw await exitError(exit);
    const ending = this.#silent === undefined ? undefined : endingOf(this.#silent);
    if (this.#silent !== undefined && ending === undefined) {
      throw silentError(this.#silent, this.#answered);
    }
    if (!result.succeeded && ending === undefined) throw await exitError(exit);
    yield* this.#start();
    yield { type: "usage", usage: result.usage };
    const vendorReason = this.#silent && reasonIn(this.#silent);
    const reason = ending ?? this.#reason(result, exit);
    yield { type: "finish", reason, ...(vendorReason && { vendorReason }) };
  }

  *#add(content: unknown): Generator<Part> {
    if (typeof content !== "string") {
      throw new DualModeError("INVALID_OUTPUT", "Gemini's CLI gave a message that is no text.");
    }
    this.#answered = true;
    yield* this.#start();
    yield { type: "text", text: content };
  }

  /** The CLI says `init` before it has asked: an answer starts with what the API said. */
  *#start(): Generator<Part> {
    if (this.#started) return;
    this.#started = true;
    yield { type: "start", ...(this.#model !== undefined && { model: this.#model }) };
  }

  /** Where a run that was ended left no report, the count of tokens tells whether a bound cut it. */
  #reason({ tokens }: Result, { report }: CommandExit): FinishReason {
    const { maxOutputTokens = Number.POSITIVE_INFINITY } = this.#request;
    return reportedFinish(report) ?? (tokens >= 0.9 * maxOutputTokens ? "length" : "stop");
  }
}

/** What an `error` event says of an answer without text, where it is not that something went wrong. */
function endingOf(said: string): FinishReason | undefined {
  if (/blocked|safety|prohibited|recitation/i.test(said)) return "content-filter";
  return /\bMAX_TOKENS\b|exceeded the token limit/.test(said) ? "length" : undefined;
}

/** The API's own word in what an `error` event says; of an answer with text the CLI tells none. */
function reasonIn(said: string): string | undefined {
  return /\b(MAX_TOKENS|SAFETY|RECITATION|LANGUAGE|BLOCKLIST|PROHIBITED_CONTENT|SPII)\b/.exec(
    said,
  )?.[1];
}
