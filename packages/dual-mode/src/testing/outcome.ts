import type { CallOptions } from "../contract/call-options.ts";
import type { Client } from "../contract/client.ts";
import type { Code } from "../contract/code.ts";
import { DualModeError } from "../error.ts";

/**
 * The error that a call ended with.
 * @throws Error where there was an answer.
 */
export async function thrownBy(client: Client, options: CallOptions = {}): Promise<DualModeError> {
  const reply = await client.chat("Tell me a story.", options).catch((error: unknown) => error);
  if (!DualModeError.is(reply)) throw new Error(`No failure came, but: ${JSON.stringify(reply)}`);
  return reply;
}

/**
 * The error that the provider's one attempt ended with.
 * @throws Error where there was an answer.
 */
export async function failureOf(client: Client): Promise<DualModeError> {
  const error = await thrownBy(client);
  return error.causes.at(-1) ?? error;
}

/** @throws Error where the attempt ended with none of these codes. */
export async function expectCode(client: Client, ...codes: readonly Code[]): Promise<void> {
  const { code, message } = await failureOf(client);
  if (!codes.includes(code)) {
    throw new Error(`Expected ${codes.join(" or ")}, and ${code} came: ${message}`);
  }
}
