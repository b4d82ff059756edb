import { type ChatRequest, type Client, DualModeError, type Reply } from "@acc/dual-mode";
import { canBeAsked } from "../doctor/can-be-asked.ts";
import { Failure } from "../failure.ts";
import type { McpOptions } from "./mcp-options.ts";

/** The most output tokens of a call under a cost limit, if the call sets none. */
const defaultOutput = 4096;

/** Tokenizers make at most one token of every two bytes of text, except in rare scripts. */
const bytesPerToken = 2;

/** How a call ended. */
export type Outcome = { readonly reply: Reply } | { readonly error: unknown };

/** The terms of a call, after the most that it may cost was reserved. */
export interface Allowance {
  readonly maxOutputTokens?: number;
  /** Replaces the reserved amount with the actual cost. */
  settle(outcome: Outcome): void;
}

/** Limits the calls and costs of one server, since an agent may call in a loop. */
export class McpBudget {
  readonly #options: McpOptions;
  #calls = 0;
  #spent = 0;

  constructor(options: McpOptions) {
    this.#options = options;
  }

  /** @throws Failure `BUDGET_EXHAUSTED` or `MODEL_WITHOUT_PRICE`, before a request is sent */
  async take(client: Client, request: ChatRequest): Promise<Allowance> {
    const { maxCost, maxCalls } = this.#options;
    if (maxCalls !== undefined && this.#calls >= maxCalls) {
      throw exhausted(`All ${maxCalls} calls of --max-calls were made.`);
    }
    if (maxCost === undefined) {
      this.#calls += 1;
      return { settle: (outcome) => this.#count(outcome) };
    }
    const maxOutputTokens = request.maxOutputTokens ?? defaultOutput;
    const most = await mostOf(client, request, maxOutputTokens);
    if (this.#spent + most > maxCost) {
      const left = (maxCost - this.#spent).toFixed(4);
      throw exhausted(`The call may cost up to US$ ${most.toFixed(4)}; ${left} is left.`);
    }
    this.#spent += most;
    this.#calls += 1;
    return {
      maxOutputTokens,
      settle: (outcome) => {
        this.#count(outcome);
        this.#spent += costOf(outcome, most) - most;
      },
    };
  }

  /** An answer from the cache and a call that reached no vendor are not counted. */
  #count(outcome: Outcome): void {
    if (!hasAsked(outcome)) this.#calls -= 1;
  }
}

function hasAsked(outcome: Outcome): boolean {
  if ("reply" in outcome) return !outcome.reply.cached && !outcome.reply.joined;
  const { error } = outcome;
  if (!DualModeError.is(error)) return false;
  return error.code === "ABORTED" || error.attempts.some(({ ms }) => ms > 0);
}

/** An unknown cost counts as the reserved amount, and a call that a vendor refused as nothing. */
function costOf(outcome: Outcome, most: number): number {
  if (!hasAsked(outcome)) return 0;
  if ("reply" in outcome) return outcome.reply.cost?.amount ?? most;
  const attempts = DualModeError.is(outcome.error) ? outcome.error.attempts : [];
  const begun = attempts.filter(({ ms }) => ms > 0);
  const isRefusal = ({ status = 0 }: { readonly status?: number }) => status >= 400 && status < 500;
  return begun.length > 0 && begun.every(isRefusal) ? 0 : most;
}

/** The most that a call may cost, at the prices of the most expensive provider that may answer. */
async function mostOf(client: Client, request: ChatRequest, outputTokens: number): Promise<number> {
  const { prices } = await import("@acc/prices");
  const inputTokens = Math.ceil(Buffer.byteLength(JSON.stringify(request)) / bytesPerToken);
  const all = await client.status();
  const open = all.filter((status) => canBeAsked(status));
  const amounts = (open.length > 0 ? open : all).map(({ provider, model: own }) => {
    const model = request.model ?? own;
    const price = prices({ inputTokens, outputTokens }, model, provider);
    if (price !== undefined) return price;
    const message = `${provider}/${model} has no known price, and calls have a cost limit.`;
    throw new Failure(
      "MODEL_WITHOUT_PRICE",
      message,
      "Ask another model, or start without --max-cost.",
    );
  });
  return Math.max(0, ...amounts);
}

function exhausted(message: string): Failure {
  const fix = "Its owner starts acc mcp with a higher --max-cost or --max-calls.";
  return new Failure("BUDGET_EXHAUSTED", message, fix);
}
