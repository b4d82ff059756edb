/**
 * Options of an SDK that Stainless generated, as several vendors' are: its own retries, timer and log are
 * off, for the engine has them, and the key is sent by `sdkFetch` alone.
 */
export const sdkSettings = {
  apiKey: "sent by fetch",
  maxRetries: 0,
  /** Milliseconds: the longest that a timer takes. */
  timeout: 2_147_483_647,
  logLevel: "off",
} as const;
