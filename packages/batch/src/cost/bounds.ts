import type { ChatRequest, Client, Message, Prices, PromptCache, Usage } from "@acc/dual-mode";
import { BatchError } from "../batch-error.ts";
import { priceOf } from "./price-of.ts";

/** Tokens that a vendor adds around a request. */
const frame = 256;

/** Returns the most that a line may cost, in US dollars, or what is missing to tell. */
export type BoundOf = (request: ChatRequest) => number | string;

/** Makes a function that bounds the cost of a line for every provider of the client. */
export async function boundsOf(
  client: Client,
  prices: Prices,
  tries: number,
  promptCache: PromptCache | undefined,
): Promise<BoundOf> {
  const targets = (await client.status()).map(({ provider, model }) => ({ provider, model }));
  return (request) => {
    const { maxOutputTokens } = request;
    if (maxOutputTokens === undefined) return "no bound of its output (maxOutputTokens)";
    if (hasMedia(request.messages))
      return "an image or a file, whose tokens cannot be counted in advance";
    const usage = usageOf(request, maxOutputTokens, promptCache);
    let most = 0;
    for (const [place, { provider, model: usual }] of targets.entries()) {
      const model = (place === 0 ? request.model : undefined) ?? usual;
      const amount = priceOf(prices, usage, { provider, model });
      if (amount === undefined) return `no price of ${model === "" ? provider : model}`;
      most = Math.max(most, amount);
    }
    return most * tries;
  };
}

/** Counts each byte as a token, because no text has more tokens than bytes. */
function usageOf(
  { messages, system, tools, schema }: ChatRequest,
  outputTokens: number,
  promptCache: PromptCache | undefined,
): Usage {
  const said = JSON.stringify([messages, system, tools, schema]);
  const tokens = frame + Buffer.byteLength(said);
  if (!promptCache) return { inputTokens: tokens, outputTokens };
  const hour = promptCache === "1h" ? { cacheWriteHourTokens: tokens } : {};
  return { inputTokens: 0, cacheWriteTokens: tokens, ...hour, outputTokens };
}

function hasMedia(messages: readonly Message[]): boolean {
  return messages.some(
    ({ content }) =>
      typeof content !== "string" &&
      content.some(({ type }) => type === "image" || type === "file"),
  );
}

/** Lines that are named at most, if many lack something. */
const mostNamed = 10;

/** Collects what lines lack, to report all of it at once. */
export class Lacking {
  readonly #lines = new Map<string, number[]>();

  add(what: string, line: number): void {
    const lines = this.#lines.get(what);
    if (lines) lines.push(line);
    else this.#lines.set(what, [line]);
  }

  /** @throws {@link BatchError} `UNBOUNDED_COST` if a line lacks anything */
  refuse(): void {
    if (this.#lines.size === 0) return;
    const told = [...this.#lines].map(([what, lines]) => {
      const more = lines.length > mostNamed ? ` and ${lines.length - mostNamed} more` : "";
      const many = lines.length === 1 ? "line" : "lines";
      return `${many} ${lines.slice(0, mostNamed).join(", ")}${more}: ${what}`;
    });
    throw new BatchError(
      "UNBOUNDED_COST",
      `The cost of these lines is unknown, so the cost limit cannot be kept:\n${told.join("\n")}`,
      "Give each a bound of output tokens and a model that has a price, or leave the bound of costs out.",
    );
  }
}
