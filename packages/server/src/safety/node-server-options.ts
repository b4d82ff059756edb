/**
 * Options for a Node.js server (`http.createServer`, `serverOptions` of @hono/node-server), so that
 * clients that send slowly, or never finish, hold no connection for long. Times are in
 * milliseconds. The time of an answer is not limited.
 * @hono/node-server), so that clients which send slowly, or never end, hold nothing for long.
 * Times are in milliseconds. Answers take as long as they take.
 */
export const nodeServerOptions: {
  readonly headersTimeout: number;
  readonly requestTimeout: number;
  readonly keepAliveTimeout: number;
  readonly connectionsCheckingInterval: number;
  readonly maxHeaderSize: number;
  readonly requireHostHeader: boolean;
  readonly insecureHTTPParser: boolean;
} = {
  headersTimeout: 10_000,
  /** From the first byte of a request to the last of its body. */
  requestTimeout: 60_000,
  keepAliveTimeout: 60_000,
  connectionsCheckingInterval: 1_000,
  /** Largest size of all headers, in bytes; more is refused with 431. */
  maxHeaderSize: 32 * 1024,
  requireHostHeader: true,
  insecureHTTPParser: false,
};
