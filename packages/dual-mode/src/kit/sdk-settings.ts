/**
 * Options for an SDK that Stainless generated, as several vendors' are. Its own retries, timer and
 * log are off, because the engine has them; the key is sent only by `sdkFetch`.
 */
export const sdkSettings = {
  apiKey: "sent by fetch",
  maxRetries: 0,
  /** The longest timer that Node.js accepts, in ms. */
  timeout: 2_147_483_647,
  logLevel: "off",
} as const;
