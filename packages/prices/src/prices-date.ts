/**
 * The day on which the prices were published, as `YYYY-MM-DD`: what a vendor has changed since then is
 * not known here.
 */
export const pricesDate = "2026-09-23";

/** The package, and its version, that the prices are from. */
export const pricesSource = "@pydantic/genai-prices 0.1.8";
