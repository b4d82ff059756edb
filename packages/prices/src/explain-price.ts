import { calcPrice, findProvider } from "@pydantic/genai-prices";
import type { Explanation, TokenCounts, UnknownReason } from "./explanation.ts";
import { namesModel } from "./names-model.ts";
import { pricesDate } from "./prices-date.ts";
import { vendorUsage, wrongCount } from "./vendor-usage.ts";

/** Options for looking up a price. */
export interface PriceContext {
  /** The day whose prices apply, because vendors change them. @default now */
  readonly at?: Date;
}

/** Names of vendors in the data, by the ids of providers that differ from them. */
const vendors: Readonly<Record<string, string>> = { claude: "anthropic", gemini: "google" };

/** Returns what an answer cost by the vendor's list prices, or why that is unknown. */
export function explainPrice(
  usage: TokenCounts,
  model: string,
  provider: string,
  { at = new Date() }: PriceContext = {},
): Explanation {
  const vendor = Object.hasOwn(vendors, provider) ? vendors[provider] : provider;
  // The result is compared, because the data's own search accepts "my-openai" for OpenAI.
  if (vendor === undefined || findProvider({ providerId: vendor })?.id !== vendor) {
    return unknown("UNKNOWN_PROVIDER", `There are no prices for the provider "${provider}".`);
  }
  const wrong = wrongCount(usage);
  if (wrong !== undefined) return unknown("WRONG_TOKENS", `${wrong} is not a number of tokens.`);
  const counts = vendorUsage(usage);
  if (counts === undefined) {
    return unknown("NO_TOKENS", "The usage needs both inputTokens and outputTokens.");
  }
  const name = model
    .trim()
    .toLowerCase()
    .replace(/^models\//, "");
  const found = calcPrice(counts, name, { providerId: vendor, timestamp: at });
  if (found === null)
    return unknown("UNKNOWN_MODEL", `There is no price for the model "${model}".`);
  if (!namesModel(name, found.model)) {
    const close = `"${found.model.id}" has a price, but may be another model`;
    return unknown("UNKNOWN_MODEL", `There is no price for the model "${model}": ${close}.`);
  }
  const { input_mtok: input, output_mtok: output } = found.model_price;
  if (input === undefined || output === undefined) {
    return unknown("NO_TOKEN_PRICE", `There is no token price for "${model}".`);
  }
  return { usd: found.total_price, vendor, model: found.model.id, pricesDate };
}

function unknown(reason: UnknownReason, message: string): Explanation {
  return { usd: undefined, reason, message: `${message} They are of ${pricesDate}.`, pricesDate };
}
