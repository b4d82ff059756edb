import { DualModeError } from "../../src/error.ts";
import { broken, caught, recoded } from "./break-a-mode.ts";
import type { Broken } from "./broken.ts";

/** How the rules end on refusals that blame the account. */
const everyKey = ": every key is asked, and each once";

export const brokenRefusals: readonly Broken[] = [
  broken(
    "sdk: a refused key is AUTHENTICATION_FAILED",
    "takes it for a wrong request",
    recoded("AUTHENTICATION_FAILED", "INVALID_REQUEST"),
  ),
  broken(
    "sdk: used-up credit is QUOTA_EXHAUSTED",
    "takes it for a limit that passes",
    recoded("QUOTA_EXHAUSTED", "RATE_LIMITED"),
  ),
  broken(
    `sdk: used-up credit that is told as a wrong request is QUOTA_EXHAUSTED${everyKey}`,
    "goes by the status alone",
    recoded("QUOTA_EXHAUSTED", "INVALID_REQUEST"),
  ),
  broken(
    `sdk: used-up credit that is told as a wrong request is QUOTA_EXHAUSTED${everyKey}`,
    "takes it for a fault that passes",
    recoded("QUOTA_EXHAUSTED", "SERVER_ERROR"),
  ),
  broken(
    `sdk: an organization that is shut out by a wrong request is AUTHENTICATION_FAILED${everyKey}`,
    "goes by the status alone",
    recoded("AUTHENTICATION_FAILED", "INVALID_REQUEST"),
  ),
  broken(
    `sdk: a place that is not served is AUTHENTICATION_FAILED${everyKey}`,
    "takes it for a wrong request",
    recoded("AUTHENTICATION_FAILED", "INVALID_REQUEST"),
  ),
  broken(
    `sdk: a model that the key may not use is MODEL_NOT_FOUND${everyKey}`,
    "takes the key for a wrong one",
    recoded("MODEL_NOT_FOUND", "AUTHENTICATION_FAILED"),
  ),
  broken(
    "sdk: a path that the server does not have is WRONG_ADDRESS",
    "asks for another model",
    recoded("WRONG_ADDRESS", "MODEL_NOT_FOUND"),
  ),
  broken(
    "sdk: a prompt that is too long is CONTEXT_TOO_LONG",
    "takes it for a fault that passes",
    recoded("CONTEXT_TOO_LONG", "SERVER_ERROR"),
  ),
  broken(
    "sdk: a fault of the server is SERVER_ERROR",
    "throws an error without a code",
    caught(({ message }) => {
      throw new Error(message);
    }),
  ),
  broken(
    "sdk: the wait that the vendor asks for is passed on",
    "drops the wait",
    caught(({ code, message }) => {
      throw new DualModeError(code, message);
    }),
  ),
  broken(
    "sdk: a server that is not there is NETWORK",
    "takes it for a fault of the server",
    recoded("NETWORK", "SERVER_ERROR"),
  ),
];
