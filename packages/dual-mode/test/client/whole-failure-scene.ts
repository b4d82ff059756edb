import type { ClientOptions } from "../../src/contract/client.ts";
import type { Availability } from "../../src/contract/provider.ts";
import { DualModeError, type ErrorDetails } from "../../src/error.ts";
import { type Script, says, scripted } from "../scripted-provider.ts";

export const error = (code: DualModeError["code"], details: ErrorDetails = {}) =>
  new DualModeError(code, `It was ${code}.`, details);
export const absent = {
  available: false,
  code: "CLI_NOT_FOUND",
  reason: "The command is not here.",
  fix: "Install the command.",
} satisfies Availability;

export const noKey = { apiKey: undefined as never };

export const refused = error("AUTHENTICATION_FAILED", {
  status: 401,
  fix: "Check the key.",
  requestId: "req_1",
});

export async function failure(
  modes: { cli?: Script[] | Availability; sdk?: Script[] },
  options: ClientOptions = {},
): Promise<DualModeError> {
  const { cli, sdk } = modes;
  const { client } = scripted(
    {
      ...(cli && (Array.isArray(cli) ? { cli: { scripts: cli } } : { cli: closed(cli) })),
      ...(sdk && { sdk: { scripts: sdk } }),
    },
    { retry: 0, ...options },
  );
  return thrownBy(client.chat("hi"));
}

export const closed = (availability: Availability) => ({ scripts: [says("x")], availability });

export async function thrownBy(call: Promise<unknown>): Promise<DualModeError> {
  const thrown = await call.catch((caught: unknown) => caught);
  if (!DualModeError.is(thrown)) throw new Error(`No failure: ${JSON.stringify(thrown)}`);
  return thrown;
}
