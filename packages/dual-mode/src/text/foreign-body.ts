import { redact, redactCut } from "@acc/secrets/redact";
import { foreignWindow } from "./foreign-text.ts";

/** Milliseconds for which the end of such a body is waited for: its status has said enough. */
const patience = 5_000;

/**
 * The beginning of a body that is read for its words alone, an error's: at most 64 Ki UTF-16 units
 * and for at most 5 s, without known secrets; the rest is not waited for. A body that breaks off
 * leaves what was read.
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
