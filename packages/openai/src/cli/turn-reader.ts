import {
  type CanonicalRequest,
  type CommandExit,
  type CommandRun,
  DualModeError,
  type FinishReason,
  givenText,
  isMembers,
  type JsonObject,
  type Limits,
  type Members,
  type Part,
  type RunContext,
  type RunReader,
  usualPatience,
} from "@acc/dual-mode/provider";
import { OutputItems } from "../sdk/responses/output-items.ts";
import { exitError, requestError, turnError } from "./error.ts";
import { refuseForeignConfig, refuseRequirements } from "./isolation.ts";
import { toLimits } from "./limits.ts";
import { ids, refusal, turnMessages } from "./messages.ts";
import { isExpendable } from "./standby.ts";
import { turnUsage } from "./turn-usage.ts";

const incomplete = /\bIncomplete response returned, reason: (\w+)/;

/**
 * Reads a run of Codex's app server, and sends the next messages. The first response of the model
 * is the answer. If it calls tools, the run ends there, because Codex would wait for their results.
 */
export class TurnReader implements RunReader {
  readonly #request: CanonicalRequest;
  readonly #credential: RunContext<object>["credential"]["kind"];
  readonly #isExpendable: boolean;
  readonly #write: CommandRun["write"];
  readonly #items: OutputItems;
  #model: string | undefined;
  #turn: string | undefined;
  #started = false;
  /** The index of the item in progress. */
  #index = 0;
  #response: Members | undefined;
  #ended: Members | undefined;
  #limits: Limits = {};

  constructor(
    request: CanonicalRequest,
    context: Pick<RunContext<object>, "credential" | "standby">,
    write: CommandRun["write"],
  ) {
    this.#request = request;
    this.#credential = context.credential.kind;
    this.#isExpendable = isExpendable(context);
    this.#write = write;
    this.#items = new OutputItems(request.model);
  }

  get patience(): number | undefined {
    if (this.#response !== undefined && this.#items.calls > 0) return 0;
    if (this.#ended === undefined) return undefined;
    return this.#isExpendable ? 0 : usualPatience;
  }

  *read(message: JsonObject): Generator<Part> {
    if (this.patience !== undefined) return;
    const { id, method, params } = message;
    if (typeof method !== "string") return this.#hear(message);
    const told = isMembers(params) ? params : {};
    if (id !== undefined && method !== "item/tool/call") this.#write(refusal(id));
    else yield* this.#notice(method, told);
  }

  async *end(exit: CommandExit): AsyncGenerator<Part> {
    const reason = this.#reason();
    if (reason !== undefined && !exit.lingered && exit.exitCode !== 0) {
      throw exitError(exit, this.#credential);
    }
    if (reason === undefined) {
      const error = isMembers(this.#ended?.error) ? this.#ended.error : undefined;
      if (error === undefined) throw exitError(exit, this.#credential);
      throw await turnError(error, this.#credential, resetOf(this.#limits));
    }
    yield* this.#start();
    yield* this.#items.end(reason.reason === "length");
    const usage = turnUsage(this.#response?.usage);
    if (Object.keys(usage).length > 0) yield { type: "usage", usage };
    if (Object.keys(this.#limits).length > 0) yield { type: "limits", limits: this.#limits };
    yield { type: "finish", ...reason };
  }

  /** Reads the response to one of our requests. */
  #hear({ id, result, error }: JsonObject): void {
    if (isMembers(error)) {
      // Versions without this request have no requirements.
      if (id === ids.requirements) return;
      throw requestError(error);
    }
    if (id === ids.config) refuseForeignConfig(result);
    if (id === ids.requirements) refuseRequirements(result);
    if (id === ids.thread) this.#begin(result);
    if (id === ids.turn) this.#turn = textAt(result, "turn", "id");
  }

  #begin(result: unknown): void {
    const threadId = textAt(result, "thread", "id");
    if (threadId === undefined) throw requestError({ message: "it names no thread" });
    this.#model = isMembers(result) ? givenText(result.model) : undefined;
    this.#write(turnMessages(this.#request, threadId));
  }

  *#notice(method: string, params: Members): Generator<Part> {
    switch (method) {
      case "turn/started":
        this.#turn ??= textAt(params, "turn", "id");
        return;
      case "item/agentMessage/delta":
        yield* this.#pass("response.output_text.delta", params);
        return;
      case "item/reasoning/summaryPartAdded":
        yield* this.#pass("response.reasoning_summary_part.added", params);
        return;
      case "item/reasoning/summaryTextDelta":
      case "item/reasoning/textDelta":
        yield* this.#pass("response.reasoning_summary_text.delta", params);
        return;
      case "item/started":
        yield* this.#open(params);
        return;
      case "rawResponseItem/completed":
        yield* this.#complete(params);
        return;
      case "rawResponse/completed":
        this.#response ??= params;
        return;
      case "account/rateLimits/updated":
        this.#limits = { ...this.#limits, ...toLimits(params.rateLimits) };
        return;
      case "error":
        this.#fail(params);
        return;
      case "turn/completed":
        this.#ended = isMembers(params.turn) ? params.turn : {};
    }
  }

  /** Ends the turn at an error that Codex does not retry, because nothing may follow it. */
  #fail({ error, willRetry }: Members): void {
    if (willRetry === false && isMembers(error)) this.#ended = { status: "failed", error };
  }

  /** Opens a message: only its start tells whether it is commentary or the answer. */
  *#open({ item }: Members): Generator<Part> {
    if (!isMembers(item) || item.type !== "agentMessage") return;
    yield* this.#pass("response.output_item.added", { item: { ...item, type: "message" } });
  }

  /**
   * Closes an item of the answer. Items of the input are reported too, with another turn or another
   * role.
   */
  *#complete({ turnId, item }: Members): Generator<Part> {
    if (!isMembers(item) || this.#turn === undefined || turnId !== this.#turn) return;
    const isAnswer = item.type === "message" ? item.role === "assistant" : answers.has(item.type);
    if (!isAnswer) return;
    yield* this.#pass("response.output_item.done", { item });
    this.#index += 1;
  }

  *#pass(type: string, event: Members): Generator<Part> {
    yield* this.#start();
    yield* this.#items.read(type, { ...event, output_index: this.#index });
  }

  *#start(): Generator<Part> {
    if (this.#started) return;
    this.#started = true;
    yield { type: "start", ...(this.#model && { model: this.#model }) };
  }

  /** Returns undefined if the turn failed or did not end. */
  #reason(): { readonly reason: FinishReason; readonly vendorReason: string } | undefined {
    if (this.#response !== undefined && this.#items.calls > 0) {
      return { reason: "tool-calls", vendorReason: "completed" };
    }
    const cut = incomplete.exec(textAt(this.#ended, "error", "message") ?? "")?.[1];
    if (cut === "max_output_tokens") return { reason: "length", vendorReason: cut };
    if (cut === "content_filter") return { reason: "content-filter", vendorReason: cut };
    if (this.#ended?.status !== "completed") return undefined;
    if (!this.#items.saidAnything) {
      throw new DualModeError("INVALID_OUTPUT", "Codex answered nothing.");
    }
    return { reason: "stop", vendorReason: "completed" };
  }
}

const answers: ReadonlySet<unknown> = new Set(["reasoning", "function_call"]);

function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  let at: unknown = value;
  for (const name of path) at = isMembers(at) ? at[name] : undefined;
  return givenText(at);
}

function resetOf({ fiveHours, week }: Limits): number | undefined {
  const spent = [fiveHours, week].filter((limit) => limit?.remaining === 0);
  const resets = spent.flatMap((limit) => limit?.resetsAt ?? []);
  return resets.length === 0 ? undefined : Math.max(...resets);
}
