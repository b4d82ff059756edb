import type { Refusal } from "../contract/access.ts";

/** The refusal of a token that is missing or unknown. */
export const invalidToken: Refusal = {
  status: 401,
  code: "INVALID_TOKEN",
  message:
    "The request brings no token that this server knows, as Authorization: Bearer or x-api-key.",
};

export const expiredToken: Refusal = {
  status: 401,
  code: "KEY_EXPIRED",
  message: "The key has expired. Ask the owner of the server for another.",
};

/** Beyond loopback, nobody can use the owner's token, and with it the owner's logins. */
export const ownerTokenRefused: Refusal = {
  status: 403,
  code: "OWNER_TOKEN_REFUSED",
  message: "The owner's token works only on the server's own machine. Use a key.",
};

/** The storage of keys, limits or budgets is unavailable: they fail closed. */
export const unavailable: Refusal = {
  status: 503,
  code: "ACCESS_UNAVAILABLE",
  message: "Keys and their limits cannot be looked up right now, so calls with keys are refused.",
  retryAfter: 1_000,
};
