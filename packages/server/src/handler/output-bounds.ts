import { DualModeError } from "@acc/dual-mode";

/** What vendors call the limit of an answer's length. */
const named = /max_?(completion|output)?_?tokens|(output|completion) tokens/i;
/** A number that is not part of a name. */
const numbers = /(?<![\w.-])(\d+)(?![\w-])( \(exclusive\))?/g;
/** Names come from outside: at most this many are kept. */
const mostKept = 1_000;

/**
 * The largest output limits that models accept, as their vendors have reported them. Anthropic's
 * wire requires a limit, so Claude Code sends that of the model that it believes it asks.
 */
export class OutputBounds {
  readonly #kept = new Map<string, number>();

  /** The limit to send to the model of this name: the wanted one, or the largest that it accepts. */
  of(model: string, wanted: number | undefined): number | undefined {
    const most = this.#kept.get(model);
    return wanted === undefined || most === undefined ? wanted : Math.min(wanted, most);
  }

  /** Whether this is a refusal of an output limit that says which limit would be accepted. */
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
