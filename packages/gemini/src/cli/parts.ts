import {
  CallIds,
  type CanonicalRequest,
  type CommandExit,
  checkedInput,
  DualModeError,
  type FinishReason,
  type FittedNames,
  givenText,
  type JsonObject,
  type Part,
  type RunReader,
  unreadable,
  usualPatience,
} from "@acc/dual-mode/provider";
import { exitError, runError, silentError } from "./error.ts";
import { reportedFinish } from "./reported-finish.ts";
import { type Result, toResult } from "./result.ts";
import { namesOf } from "./tools.ts";

const who = "Gemini's CLI";

/** Reads a run: its stream-json events, then its exit. */
export class GeminiRunReader implements RunReader {
  readonly #request: CanonicalRequest;
  #model: string | undefined;
  #started = false;
  #result: Result | undefined;
  #silent: string | undefined;
  #answered = false;
  readonly #names: FittedNames;
  readonly #ids = new CallIds();
  #calls = 0;
  /**
   * Whether the CLI has reported that it does not run the tools: the model's answer is complete.
   */
  #isRefused = false;

  constructor(request: CanonicalRequest) {
    this.#request = request;
    this.#names = namesOf(request);
  }

  get patience(): number | undefined {
    return this.#result === undefined && !this.#isRefused ? undefined : usualPatience;
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
      case "tool_use":
        yield* this.#call(event);
        break;
      case "tool_result":
        this.#isRefused = this.#calls > 0;
        break;
      case "error":
        if (event.severity === "error") this.#silent = givenText(event.message) ?? "an error";
        break;
      case "result":
        this.#result = toResult(event);
        break;
    }
  }

  /**
   * Only exit code 0, and a result without an error in it or before it, make an answer or tool
   * calls.
   */
  async *end(exit: CommandExit): AsyncGenerator<Part> {
    const result = this.#result;
    if (this.#isCall) return yield* this.#endCalls(exit);
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

  /** Whether the run ended before the calls, none of which it can run. */
  get #isCall(): boolean {
    if (this.#calls === 0 || this.#silent !== undefined) return false;
    return this.#result === undefined ? this.#isRefused : this.#result.isLastTurn;
  }

  *#endCalls({ report }: CommandExit): Generator<Part> {
    if (this.#result !== undefined) yield { type: "usage", usage: this.#result.usage };
    const isCut = reportedFinish(report) === "length";
    yield { type: "finish", reason: isCut ? "length" : "tool-calls" };
  }

  /**
   * Reads a call. After the tool's name, its id contains the API's id, or one that the CLI made.
   */
  *#call({ tool_name, tool_id, parameters }: JsonObject): Generator<Part> {
    const sent = givenText(tool_name);
    if (sent === undefined) throw unreadable(who, "a tool call without the tool's name");
    const name = this.#names.given(sent) ?? sent;
    const input = checkedInput(name, parameters);
    const behind = `${sent}__`;
    const given = givenText(tool_id);
    const id = this.#ids.give(given?.startsWith(behind) ? given.slice(behind.length) : given);
    this.#calls += 1;
    yield* this.#start();
    yield { type: "tool-input", id, name, text: JSON.stringify(input) };
    yield { type: "tool-call", id, name, input };
  }

  *#add(content: unknown): Generator<Part> {
    if (typeof content !== "string") {
      throw new DualModeError("INVALID_OUTPUT", "Gemini's CLI sent a message that is not text.");
    }
    this.#answered = true;
    yield* this.#start();
    yield { type: "text", text: content };
  }

  /**
   * Starts the answer with the API's first output: the CLI sends `init` before it calls the API.
   */
  *#start(): Generator<Part> {
    if (this.#started) return;
    this.#started = true;
    yield { type: "start", ...(this.#model !== undefined && { model: this.#model }) };
  }

  /**
   * Returns the reason. If a run that was ended left no report, the token count tells whether the
   * answer was cut off at its limit.
   */
  #reason({ tokens }: Result, { report }: CommandExit): FinishReason {
    const { maxOutputTokens = Number.POSITIVE_INFINITY } = this.#request;
    return reportedFinish(report) ?? (tokens >= 0.9 * maxOutputTokens ? "length" : "stop");
  }
}

/**
 * Returns the finish reason in an `error` event for an answer without text; undefined if it is a
 * real error.
 */
function endingOf(said: string): FinishReason | undefined {
  if (/blocked|safety|prohibited|recitation/i.test(said)) return "content-filter";
  return /\bMAX_TOKENS\b|exceeded the token limit/.test(said) ? "length" : undefined;
}

/**
 * Returns the API's own reason from an `error` event; for an answer with text the CLI reports none.
 */
function reasonIn(said: string): string | undefined {
  return /\b(MAX_TOKENS|SAFETY|RECITATION|LANGUAGE|BLOCKLIST|PROHIBITED_CONTENT|SPII)\b/.exec(
    said,
  )?.[1];
}
