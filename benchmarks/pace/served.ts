/** The limit of the played vendors: 20 calls a second of each key, and a second to wait. */
export const served = {
  limit: 20,
  interval: 1_000,
  headers: { "retry-after": "1" },
} as const;
