import type { ClientEvent } from "@acc/dual-mode";

/** The usage of calls, as counted from their events. */
export interface Spent {
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** US dollars of the answers whose cost is known; absent if none is. */
  readonly cost?: number;
  /** Answers without a token count from the vendor, or that were cut off. */
  readonly uncounted: number;
}

/** Counts the usage of calls. */
export class Spending {
  #calls = 0;
  #counted = 0;
  #input = 0;
  #output = 0;
  #cost: number | undefined;

  count(event: ClientEvent): void {
    if (event.type === "attempt-start") this.#calls += 1;
    if (event.type !== "reply") return;
    const { usage, cost } = event.reply;
    if (usage?.inputTokens !== undefined) this.#counted += 1;
    this.#input += usage?.inputTokens ?? 0;
    this.#output += usage?.outputTokens ?? 0;
    if (cost) this.#cost = (this.#cost ?? 0) + cost.amount;
  }

  get told(): Spent {
    return {
      calls: this.#calls,
      inputTokens: this.#input,
      outputTokens: this.#output,
      ...(this.#cost !== undefined && { cost: this.#cost }),
      uncounted: this.#calls - this.#counted,
    };
  }

  /** The line for a person. */
  describe(): string {
    const { calls, inputTokens, outputTokens, cost, uncounted } = this.told;
    const money = cost === undefined ? "" : `, US$ ${cost.toFixed(4)}`;
    const rest = uncounted > 0 ? `; the tokens of ${uncounted} are unknown` : "";
    return `It took ${calls} calls: ${inputTokens} tokens in, ${outputTokens} out${money}${rest}.`;
  }
}
