import type { Reply } from "@acc/dual-mode";
import { printableLine } from "../output/printable.ts";

/** The totals of a conversation's answers. */
export interface Spent {
  readonly answers: number;
  readonly fromCache: number;
  readonly tokensIn: number;
  readonly tokensOut: number;
  /** US dollars of the answers whose cost is known. */
  readonly usd: number;
  /** The number of answers whose cost is unknown. */
  readonly unpriced: number;
}

export const nothingSpent: Spent = {
  ...{ answers: 0, fromCache: 0, tokensIn: 0, tokensOut: 0 },
  ...{ usd: 0, unpriced: 0 },
};

/** The cost of an answer in US dollars: as reported, else by the vendors' list prices. */
export async function costOf(reply: Reply): Promise<number | undefined> {
  if (reply.cached || reply.joined) return 0;
  if (reply.cost !== undefined || reply.usage === undefined) return reply.cost?.amount;
  const { prices } = await import("@acc/prices");
  return prices(reply.usage, reply.model, reply.provider);
}

export function added(spent: Spent, reply: Reply, usd: number | undefined): Spent {
  const isFree = reply.cached || reply.joined === true;
  return {
    answers: spent.answers + 1,
    fromCache: spent.fromCache + (reply.cached ? 1 : 0),
    tokensIn: spent.tokensIn + (isFree ? 0 : tokensIn(reply)),
    tokensOut: spent.tokensOut + (isFree ? 0 : (reply.usage?.outputTokens ?? 0)),
    usd: spent.usd + (usd ?? 0),
    unpriced: spent.unpriced + (usd === undefined ? 1 : 0),
  };
}

/** One line about an answer: its provider, mode, model, tokens, time and cost. */
export function describeAnswer(reply: Reply, ms: number, usd: number | undefined): string {
  const { provider, mode, model, usage, attempts } = reply;
  const isPlan = attempts.at(-1)?.credential === "login";
  const seconds = `${(ms / 1000).toFixed(1)} s`;
  return [
    printableLine(`${provider} ${mode}, ${model}`),
    ...(usage === undefined
      ? []
      : [`${tokensIn(reply)} tokens in, ${usage.outputTokens ?? 0} out`]),
    seconds,
    ...(usd === undefined ? [] : [isPlan ? `${dollars(usd)} if a key paid` : dollars(usd)]),
  ].join(" · ");
}

/** One line about the totals of a conversation. */
export function describeSpent(spent: Spent): string {
  const { answers, fromCache, tokensIn, tokensOut, usd, unpriced } = spent;
  if (answers === 0) return "Nothing was answered yet.";
  const cached = fromCache > 0 ? `, ${fromCache} from the cache` : "";
  const unknown = unpriced > 0 ? `; the cost of ${unpriced} is unknown` : "";
  const count = `${answers} ${answers === 1 ? "answer" : "answers"}${cached}`;
  return `${count}: ${tokensIn} tokens in, ${tokensOut} out, ${dollars(usd)}${unknown}.`;
}

function tokensIn({ usage = {} }: Reply): number {
  const { inputTokens = 0, cacheReadTokens = 0, cacheWriteTokens = 0 } = usage;
  return inputTokens + cacheReadTokens + cacheWriteTokens;
}

function dollars(amount: number): string {
  if (amount > 0 && amount < 0.0001) return "under $0.0001";
  return `$${amount.toFixed(amount > 0 && amount < 1 ? 4 : 2)}`;
}
