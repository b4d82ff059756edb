import type { Client } from "../contract/client.ts";
import type { Code } from "../contract/code.ts";
import type { Warning } from "../contract/part.ts";
import type { Attempt, Reply } from "../contract/reply.ts";
import type { CallOptions, ChatRequest } from "../contract/request.ts";
import { chainMovesOn } from "../engine/failure-kinds.ts";
import { outOfTime } from "../engine/timers.ts";
import { withEarlier } from "../engine/with-attempts.ts";
import { DualModeError } from "../error.ts";
import type { ChainOptions } from "./chain.ts";

/** One call that goes from provider to provider under one deadline. */
export class ChainCall {
  readonly clients: readonly Client[];
  readonly #models: Readonly<Record<string, string>>;
  readonly #movesOn: ReadonlySet<Code>;
  readonly #input: string | ChatRequest;
  readonly #asked: CallOptions;
  readonly #started: number = performance.now();
  readonly #errors: DualModeError[] = [];

  constructor(
    clients: readonly Client[],
    { on = chainMovesOn, models = {} }: ChainOptions,
    input: string | ChatRequest,
    asked: CallOptions,
  ) {
    this.clients = clients;
    this.#models = models;
    this.#movesOn = new Set(on);
    this.#input = input;
    this.#asked = asked;
  }

  /** The request as this provider is asked: a model of another provider would mean nothing to it. */
  inputFor(client: Client): string | ChatRequest {
    const input = this.#input;
    const model = this.#models[client.provider];
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

  /**
   * The call's options with what is left of its time.
   * @throws {@link DualModeError} `DEADLINE_EXCEEDED`
   */
  options(left?: AbortSignal): CallOptions {
    const { timeout, signal } = this.#asked;
    const signals = [signal, left].filter((each) => each !== undefined);
    const [only] = signals;
    const both = signals.length > 1 ? AbortSignal.any(signals) : only;
    const bound = both === undefined ? {} : { signal: both };
    const total = typeof timeout === "object" ? timeout?.total : timeout;
    if (typeof total !== "number") return { ...this.#asked, ...bound };
    const rest = total - (performance.now() - this.#started);
    if (rest <= 0 && this.#errors.length > 0) throw this.retold(outOfTime(total));
    const timers = typeof timeout === "object" ? timeout : {};
    const time = this.#errors.length > 0 ? { ...timers, total: rest } : timeout;
    return { ...this.#asked, ...bound, ...(time !== undefined && { timeout: time }) };
  }

  /** Keeps a failure, or throws one that no other provider should be asked about. */
  add(error: unknown): void {
    if (!DualModeError.is(error) || !this.#movesOn.has(error.code)) throw this.retold(error);
    this.#errors.push(error);
  }

  /** The error, told with what came before it. */
  retold(error: unknown): unknown {
    const earlier = this.#attempts();
    const known = DualModeError.is(error) && error.attempts[0] === earlier[0];
    return known ? error : withEarlier(error, earlier);
  }

  /** The reply, told with what came before it. */
  credit(reply: Reply): Reply {
    if (this.#errors.length === 0) return reply;
    const attempts = [...this.#attempts(), ...reply.attempts];
    const warnings = [...reply.warnings, ...payerWarnings(attempts)];
    return { ...reply, fallback: true, attempts, warnings };
  }

  failure(): DualModeError {
    const [first] = this.#errors;
    if (first !== undefined && this.#errors.length === 1) return first;
    return new DualModeError(
      "ALL_ROUTES_FAILED",
      this.#errors.map(({ message }) => message).join("\n"),
      {
        fix: "Mend one of the routes listed.",
        attempts: this.#attempts(),
        cause: this.#errors.at(-1),
      },
    );
  }

  #attempts(): readonly Attempt[] {
    return this.#errors.flatMap(({ attempts }) => attempts);
  }
}

/** Codes of routes that could not be begun: nobody would have paid for them. */
const notBegun: ReadonlySet<Code> = new Set([
  "CLI_NOT_FOUND",
  "CLI_TOO_OLD",
  "CLI_NOT_LOGGED_IN",
  "SDK_NOT_INSTALLED",
  "MISSING_CREDENTIALS",
  "LOGIN_NOT_SHARED",
  "UNSUPPORTED_FEATURE",
]);

/** Says where the provider that answered is paid in another way than the first one tried. */
function payerWarnings(attempts: readonly Attempt[]): readonly Warning[] {
  const tried = attempts.filter(({ code }) => code === undefined || !notBegun.has(code));
  const [first, last] = [tried[0], tried.at(-1)];
  if (first === undefined || last === undefined) return [];
  if ((first.credential === "login") === (last.credential === "login")) return [];
  const message = `The call moved from ${first.provider} (${first.credential}) to ${last.provider} (${last.credential}): somebody else may pay for it.`;
  return [{ code: "PAYER_CHANGED", message }];
}
