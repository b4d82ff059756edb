import type { Client } from "../contract/client.ts";
import type { Code } from "../contract/code.ts";
import type { CallOptions, ChatRequest } from "../contract/request.ts";
import { DualModeError } from "../error.ts";

/**
 * The error that the provider's one attempt ended with.
 * @throws Error where there was an answer.
 */
export async function failureOf(
  client: Client,
  input: string | ChatRequest = "Tell me a story.",
  options: CallOptions = {},
): Promise<DualModeError> {
  const reply = await client.chat(input, options).catch((error: unknown) => error);
  if (!DualModeError.is(reply)) throw new Error(`No failure came, but: ${JSON.stringify(reply)}`);
  return reply.code === "ALL_ROUTES_FAILED" && DualModeError.is(reply.cause) ? reply.cause : reply;
}

/** @throws Error where the attempt ended with none of these codes. */
export async function expectCode(client: Client, ...codes: readonly Code[]): Promise<void> {
  const { code, message } = await failureOf(client);
  if (!codes.includes(code)) {
    throw new Error(`Expected ${codes.join(" or ")}, and ${code} came: ${message}`);
  }
}
