import type { CallOptions } from "../contract/call-options.ts";
import type { Client } from "../contract/client.ts";
import type { Code } from "../contract/code.ts";
import { DualModeError } from "../error.ts";

/**
 * Returns the error that a call ended with.
 *
 * @throws Error if there was an answer.
 */
export async function thrownBy(client: Client, options: CallOptions = {}): Promise<DualModeError> {
  const reply = await client.chat("Tell me a story.", options).catch((error: unknown) => error);
  if (!DualModeError.is(reply)) throw new Error(`No failure came, but: ${JSON.stringify(reply)}`);
  return reply;
}

/**
 * Returns the error that the provider's one attempt ended with.
 *
 * @throws Error if there was an answer.
 */
export async function failureOf(client: Client): Promise<DualModeError> {
  const error = await thrownBy(client);
  return error.causes.at(-1) ?? error;
}

/**
 * Checks the code of the error that the attempt ended with.
 *
 * @throws Error if it is none of these codes.
 */
export async function expectCode(client: Client, ...codes: readonly Code[]): Promise<void> {
  const { code, message } = await failureOf(client);
  if (!codes.includes(code)) {
    throw new Error(`Expected ${codes.join(" or ")}, and ${code} came: ${message}`);
  }
}
