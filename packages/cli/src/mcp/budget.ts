import type { ChatRequest, Client, Reply } from "@acc/dual-mode";
import { hasOpenDoor } from "../doctor/open-door.ts";
import { Failure } from "../failure.ts";
import type { McpOptions } from "./mcp-options.ts";

/** Tokens of output that a call gets under a bound of costs, where it names none. */
const defaultOutput = 4096;

/** No tokenizer makes more tokens of a text than one for each two of its bytes, but of rare scripts. */
const bytesPerToken = 2;

/** What a call may be asked with, once the most that it may cost is put by. */
export interface Allowance {
  readonly maxOutputTokens?: number;
  /** Puts what it has cost in the place of that; without a reply it has cost nothing. */
  settle(reply: Reply | undefined): void;
}

/** What the calls of one server may come to, for an agent may call in a loop. */
export class McpBudget {
  readonly #options: McpOptions;
  #calls = 0;
  #spent = 0;

  constructor(options: McpOptions) {
    this.#options = options;
  }

  /** @throws Failure `BUDGET_EXHAUSTED`, `MODEL_WITHOUT_PRICE`, before anybody is asked */
  async take(client: Client, request: ChatRequest): Promise<Allowance> {
    const { maxCost, maxCalls } = this.#options;
    if (maxCalls !== undefined && this.#calls >= maxCalls) {
      throw exhausted(`All ${maxCalls} calls of --max-calls were made.`);
    }
    if (maxCost === undefined) {
      this.#calls += 1;
      return { settle: (reply) => this.#count(reply) };
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
      settle: (reply) => {
        this.#count(reply);
        // What nobody knows the cost of has cost what was put by for it.
        const cost = reply === undefined || isFree(reply) ? 0 : (reply.cost?.amount ?? most);
        this.#spent += cost - most;
      },
    };
  }

  /** What the cache answers, and what fails, counts as no call. */
  #count(reply: Reply | undefined): void {
    if (reply === undefined || isFree(reply)) this.#calls -= 1;
  }
}

function isFree({ cached, joined }: Reply): boolean {
  return cached || joined === true;
}

/** By the dearest of those who may answer. */
async function mostOf(client: Client, request: ChatRequest, outputTokens: number): Promise<number> {
  const { prices } = await import("@acc/prices");
  const inputTokens = Math.ceil(Buffer.byteLength(JSON.stringify(request)) / bytesPerToken);
  const all = await client.status();
  const open = all.filter((status) => hasOpenDoor(status));
  const amounts = (open.length > 0 ? open : all).map(({ provider, model: own }) => {
    const model = request.model ?? own;
    const price = prices({ inputTokens, outputTokens }, model, provider);
    if (price !== undefined) return price;
    const message = `${provider}/${model} has no price that is known, and calls have a bound of costs.`;
    throw new Failure("MODEL_WITHOUT_PRICE", message, "Ask another, or start without --max-cost.");
  });
  return Math.max(0, ...amounts);
}

function exhausted(message: string): Failure {
  const fix = "Its owner starts acc mcp with a higher --max-cost or --max-calls.";
  return new Failure("BUDGET_EXHAUSTED", message, fix);
}
