import { DualModeError } from "@acc/dual-mode";

/** What vendors call the limit on the length of an answer. */
const named = /max_?(completion|output)?_?tokens|(output|completion) tokens/i;
/** A number that is not part of a name. */
const numbers = /(?<![\w.-])(\d+)(?![\w-])( \(exclusive\))?/g;
/** Most models that are remembered: their names come from callers. */
const mostKept = 1_000;

/**
 * The largest output limits that models accept, learned from their vendors' refusals. Anthropic's
 * wire requires a limit, so Claude Code sends the limit of the model that it believes it is
 * calling.
 */
export class OutputBounds {
  readonly #kept = new Map<string, number>();

  /**
   * Returns the limit to send to a model: the wanted one, or the largest that the model accepts.
   */
  of(model: string, wanted: number | undefined): number | undefined {
    const most = this.#kept.get(model);
    return wanted === undefined || most === undefined ? wanted : Math.min(wanted, most);
  }

  /**
   * Learns the accepted limit from a vendor's refusal; returns false if the error does not tell
   * one.
   */
  learn(model: string, error: unknown, wanted: number | undefined): boolean {
    const most = takenInstead(error, wanted);
    if (most === undefined) return false;
    if (this.#kept.size >= mostKept) this.#kept.clear();
    this.#kept.set(model, most);
    return true;
  }
}

function takenInstead(error: unknown, wanted: number | undefined): number | undefined {
  if (wanted === undefined || !DualModeError.is(error)) return undefined;
  if (error.code !== "INVALID_REQUEST" || !named.test(error.message)) return undefined;
  const said = error.message.replace(/refused \(\d+\)/, "").replace(/(\d),(?=\d{3}\b)/g, "$1");
  const lower = [...said.matchAll(numbers)]
    .map(([, digits, isExclusive]) => Number(digits) - (isExclusive ? 1 : 0))
    .filter((number) => number > 1 && number < wanted);
  return lower.length === 0 ? undefined : Math.max(...lower);
}
