import { type CallOptions, type Client, DualModeError, type Reply } from "@acc/dual-mode";

/** A reply or an error, and how long it took. */
export interface TimedCall extends Partial<Reply> {
  /** Milliseconds. */
  readonly ms: number;
  readonly error?: { readonly code: string; readonly message: string };
}

export async function timedCall(
  client: Client,
  prompt: string,
  options?: CallOptions,
): Promise<TimedCall> {
  const started = performance.now();
  const elapsed = () => Math.round((performance.now() - started) * 10) / 10;
  try {
    const reply = await client.chat(prompt, options);
    return { ...reply, ms: elapsed() };
  } catch (error) {
    if (!DualModeError.is(error)) throw error;
    return { ms: elapsed(), error: { code: error.code, message: error.message } };
  }
}
