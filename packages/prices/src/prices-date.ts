/**
 * The date on which the prices were published, as `YYYY-MM-DD`. Later changes by vendors are not
 * included.
 */
export const pricesDate = "2026-09-23";

/** The package that contains the prices, and its version. */
export const pricesSource = "@pydantic/genai-prices 0.1.8";
