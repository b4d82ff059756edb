import { redact, redactCut } from "@acc/secrets/redact";
import { foreignWindow } from "./foreign-text.ts";

/** Milliseconds to wait for the end of such a body: the status has said enough. */
const patience = 5_000;

/**
 * Reads the beginning of an error's body, which is only needed for its text: at most 64 Ki UTF-16
 * units and for at most 5 s, without known secrets. The rest is not awaited. If a body breaks off,
 * the result is what was read.
 */
export async function readForeignBody(body: ReadableStream<Uint8Array> | null): Promise<string> {
  if (body === null) return "";
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const leave = () => void reader.cancel().catch(() => {});
  const timer = setTimeout(leave, patience);
  let text = "";
  let whole = false;
  try {
    const late = performance.now() + patience;
    while (text.length <= foreignWindow) {
      const { done, value } = await reader.read();
      if (done) whole = performance.now() < late;
      if (done) break;
      text += decoder.decode(value, { stream: true });
    }
  } catch {
    // The status alone says what happened.
  } finally {
    clearTimeout(timer);
    leave();
  }
  return whole ? redact(text) : redactCut(text.slice(0, foreignWindow), "end");
}
