import { calcPrice, findProvider } from "@pydantic/genai-prices";
import type { Explanation, TokenCounts, UnknownReason } from "./explanation.ts";
import { namesModel } from "./names-model.ts";
import { pricesDate } from "./prices-date.ts";
import { vendorUsage, wrongCount } from "./vendor-usage.ts";

/** When a price is asked for. */
export interface PriceContext {
  /** The day whose prices count, for vendors change them. @default now */
  readonly at?: Date;
}

/** Ids of providers whose vendor has another name in the data. */
const vendors: Readonly<Record<string, string>> = { claude: "anthropic", gemini: "google" };

/** What an answer cost by the vendor's list prices, or why that is not known. */
export function explainPrice(
  usage: TokenCounts,
  model: string,
  provider: string,
  { at = new Date() }: PriceContext = {},
): Explanation {
  const vendor = Object.hasOwn(vendors, provider) ? vendors[provider] : provider;
  // The data's own search takes "my-openai" for OpenAI.
  if (vendor === undefined || findProvider({ providerId: vendor })?.id !== vendor) {
    return unknown("UNKNOWN_PROVIDER", `The prices have no provider "${provider}".`);
  }
  const wrong = wrongCount(usage);
  if (wrong !== undefined) return unknown("WRONG_TOKENS", `${wrong} is not a number of tokens.`);
  const counts = vendorUsage(usage);
  if (counts === undefined) {
    return unknown("NO_TOKENS", "The usage has not both inputTokens and outputTokens.");
  }
  const name = model
    .trim()
    .toLowerCase()
    .replace(/^models\//, "");
  const found = calcPrice(counts, name, { providerId: vendor, timestamp: at });
  if (found === null) return unknown("UNKNOWN_MODEL", `The prices have no model "${model}".`);
  if (!namesModel(name, found.model)) {
    const close = `"${found.model.id}" has a price, but may be another model`;
    return unknown("UNKNOWN_MODEL", `The prices have no model "${model}": ${close}.`);
  }
  const { input_mtok: input, output_mtok: output } = found.model_price;
  if (input === undefined || output === undefined) {
    return unknown("NO_TOKEN_PRICE", `The prices have none for the tokens of "${model}".`);
  }
  return { usd: found.total_price, vendor, model: found.model.id, pricesDate };
}

function unknown(reason: UnknownReason, message: string): Explanation {
  return { usd: undefined, reason, message: `${message} They are of ${pricesDate}.`, pricesDate };
}
