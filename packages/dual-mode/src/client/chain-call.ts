import type { Attempt } from "../contract/attempt.ts";
import type { CallOptions } from "../contract/call-options.ts";
import type { Client } from "../contract/client.ts";
import type { Warning } from "../contract/part.ts";
import type { Reply } from "../contract/reply.ts";
import type { ChatRequest } from "../contract/request.ts";
import { blamesRequest, ofSetup } from "../engine/failure-kinds.ts";
import { decisive, joinFailures } from "../engine/join-failures.ts";
import { outOfTime } from "../engine/timers.ts";
import { toldAttempts } from "../engine/told-attempts.ts";
import { withEarlier } from "../engine/with-attempts.ts";
import { DualModeError } from "../error.ts";
import { type ChainLeg, newCallId, ofChain } from "../events/chain-leg.ts";
import { chainLeg, isLimit, type Leg } from "./chain-leg.ts";
import type { ChainOptions } from "./chain-options.ts";

/** One call that goes from provider to provider under one deadline. */
export class ChainCall {
  readonly clients: readonly Client[];
  readonly #options: ChainOptions;
  readonly #input: string | ChatRequest;
  readonly #asked: CallOptions & ChainLeg;
  readonly #started: number = performance.now();
  readonly #errors: DualModeError[] = [];
  /** How many legs have been started. */
  #asking = 0;
  #callId: string | undefined;
  #committed = false;

  constructor(
    clients: readonly Client[],
    options: ChainOptions,
    input: string | ChatRequest,
    asked: CallOptions,
  ) {
    this.clients = clients;
    this.#options = options;
    this.#input = input;
    this.#asked = asked;
  }

  /** Returns the request for a provider, without a model that was meant for another one. */
  inputFor(client: Client): string | ChatRequest {
    const input = this.#input;
    const model = this.#options.models?.[client.provider];
    if (model !== undefined) {
      const request =
        typeof input === "string"
          ? { messages: [{ role: "user", content: input } as const] }
          : input;
      return { ...request, model };
    }
    if (typeof input === "string" || input === null || client === this.clients[0]) return input;
    const { model: _, ...rest } = input;
    return rest;
  }

  /** The clients to ask, one after another. */
  *legs(): Generator<Leg> {
    for (;;) {
      const leg = this.#legAfter(this.#errors);
      if (leg === undefined) return;
      this.#asking += 1;
      yield leg;
    }
  }

  /** Returns the call's options for one provider, with the time that is left. */
  options({ patient }: Leg, left?: AbortSignal): CallOptions {
    const { timeout, signal } = this.#asked;
    const signals = [signal, left].filter((each) => each !== undefined);
    const [only] = signals;
    const both = signals.length > 1 ? AbortSignal.any(signals) : only;
    const bound = {
      ...this.#leg(),
      ...(both && { signal: both }),
      ...(patient ? {} : { waitForLimits: false }),
    };
    const rest = this.#rest();
    if (rest === undefined || this.#errors.length === 0) return { ...this.#asked, ...bound };
    const timers = typeof timeout === "object" ? timeout : {};
    return { ...this.#asked, ...bound, timeout: { ...timers, total: Math.max(1, rest) } };
  }

  /** Notes that something has reached the caller, so that no other provider may answer. */
  commit(): void {
    this.#committed = true;
  }

  /** Stores a failure, or throws one that no other provider should be asked about. */
  add(error: unknown): void {
    if (!this.#movesOn(error)) throw this.retold(error);
    // A second leg may only find that the limit lasts longer than the call; this has been reported
    // already.
    const isTold = this.#errors.length >= this.clients.length && isLimit(error);
    if (!isTold || error.attempts.some(({ ms }) => ms > 0)) this.#errors.push(error);
    const rest = this.#rest();
    if (rest === undefined || rest > 0) return;
    throw this.retold(outOfTime(this.#total() ?? 0));
  }

  /** Returns the error with the attempts before it. */
  retold(error: unknown): unknown {
    const earlier = this.#attempts();
    const known = DualModeError.is(error) && error.attempts[0] === earlier[0];
    return known ? error : withEarlier(error, earlier);
  }

  /** Returns the reply with the attempts before it. */
  credit(reply: Reply): Reply {
    if (this.#errors.length === 0) return reply;
    const attempts = [...this.#attempts(), ...reply.attempts];
    const warnings = [...reply.warnings, ...payerWarnings(attempts)];
    return { ...reply, fallback: true, attempts, warnings };
  }

  failure(): DualModeError {
    const [first, ...rest] = decisive(this.#errors) as [DualModeError, ...DualModeError[]];
    const lines = [
      ...toldAttempts(this.#attempts(), true),
      ...this.#errors.flatMap(({ attempts, code, message }, at) =>
        attempts.length > 0 ? [] : [`  ${this.clients[at]?.provider}: ${code}. ${message}`],
      ),
    ];
    const head = ofSetup.has(first.code) ? "No provider can be tried." : "No provider answered.";
    return joinFailures([first, ...rest], {
      attempts: this.#attempts(),
      message: () => [head, ...lines].join("\n"),
    });
  }

  #movesOn(error: unknown): error is DualModeError {
    if (!DualModeError.is(error) || this.#committed || this.#asked.signal?.aborted) return false;
    const { on, also = [] } = this.#options;
    const { code, causes = [] } = error;
    if (also.includes(code)) return true;
    if (on === undefined) return !blamesRequest.has(code);
    return (
      on.includes(code) || (causes.length > 0 && causes.every((each) => on.includes(each.code)))
    );
  }

  /**
   * Returns the next leg after these failures. If the caller decides about waiting for limits, or
   * the chain does not move on after limits, each provider is asked only once.
   */
  #legAfter(failures: readonly DualModeError[]): Leg | undefined {
    const { on, also = [] } = this.#options;
    const isFree = this.#asked?.waitForLimits === undefined;
    const movesOn = on === undefined || [...on, ...also].includes("RATE_LIMITED");
    if (isFree && movesOn) return chainLeg(this.clients, failures, this.#asking);
    const client = this.clients[this.#asking];
    return client && { client, patient: true };
  }

  /** Connects this provider's events with the rest of the call. */
  #leg(): ChainLeg {
    const outer = this.#asked[ofChain];
    return {
      [ofChain]: {
        callId: () => outer?.callId() ?? this.#ownId(),
        next: (error) => this.#next(error) ?? outer?.next(error),
      },
    };
  }

  /** Returns the provider that is asked next after such a failure. */
  #next(error: DualModeError): string | undefined {
    if (!this.#movesOn(error) || (this.#rest() ?? 1) <= 0) return undefined;
    return this.#legAfter([...this.#errors, error])?.client.provider;
  }

  #ownId(): string {
    this.#callId ??= newCallId();
    return this.#callId;
  }

  #total(): number | undefined {
    const { timeout } = this.#asked;
    return typeof timeout === "object" ? timeout?.total : timeout;
  }

  /** The time that is left of the call's timeout in ms, if it has one. */
  #rest(): number | undefined {
    const total = this.#total();
    if (typeof total !== "number") return undefined;
    return total - (performance.now() - this.#started);
  }

  #attempts(): readonly Attempt[] {
    return this.#errors.flatMap(({ attempts }) => attempts);
  }
}

/** Warns if the answering provider is billed in another way than the first one that was tried. */
function payerWarnings(attempts: readonly Attempt[]): readonly Warning[] {
  const tried = attempts.filter(({ code }) => code === undefined || !ofSetup.has(code));
  const [first, last] = [tried[0], tried.at(-1)];
  if (first === undefined || last === undefined) return [];
  if ((first.credential === "login") === (last.credential === "login")) return [];
  const message = `The call moved from ${first.provider} (${first.credential}) to ${last.provider} (${last.credential}): someone else may be billed for it.`;
  return [{ code: "PAYER_CHANGED", message }];
}
