import { type CallOptions, type Client, DualModeError, type Reply } from "@acc/dual-mode";
import type { MatrixCase } from "./cases.ts";

/** What a caller sees of one call. */
export interface Outcome {
  readonly reply?: Reply;
  readonly error?: DualModeError;
  /** Milliseconds. */
  readonly ms: number;
}

export type Shape = "chat" | "stream";

/** Makes the case's call, and does to it what the case says. */
export async function makeCall(
  client: Client,
  { request, call, act }: MatrixCase,
  shape: Shape,
): Promise<Outcome> {
  const abort = new AbortController();
  const asked: CallOptions = { timeout: 8_000, ...call, signal: abort.signal };
  const input = { messages: [{ role: "user", content: "Say right." }] as const, ...request };
  const started = performance.now();
  const timer = setTimeout(() => {
    if (act === "abort") abort.abort();
    if (act === "close") void client.close();
  }, 300);
  try {
    const stream = shape === "stream" ? client.stream(input, asked) : undefined;
    if (stream) for await (const _ of stream);
    const reply = await (stream?.reply ?? client.chat(input, asked));
    return { reply, ms: Math.round(performance.now() - started) };
  } catch (error) {
    if (!DualModeError.is(error)) throw error;
    return { error, ms: Math.round(performance.now() - started) };
  } finally {
    clearTimeout(timer);
  }
}
