import type { Refusal } from "../contract/access.ts";

/** Why an unknown caller is not served. */
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

/** Beyond loopback the owner's token, and with it the owner's logins, serve nobody. */
export const ownerTokenRefused: Refusal = {
  status: 403,
  code: "OWNER_TOKEN_REFUSED",
  message: "The owner's token works only on the server's own machine. Use a key.",
};

/** What the limits rest on is away: they fail closed. */
export const unavailable: Refusal = {
  status: 503,
  code: "ACCESS_UNAVAILABLE",
  message: "Keys and their limits cannot be looked up right now, so calls with keys are refused.",
  retryAfter: 1_000,
};
