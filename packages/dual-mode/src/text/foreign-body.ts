import { redact, redactCut } from "@acc/secrets/redact";
import { foreignWindow } from "./foreign-text.ts";

/**
 * The beginning of a body that is read for its words alone, an error's: at most 64 Ki UTF-16 units,
 * without known secrets; the rest is not waited for. A body that breaks off leaves what was read.
 */
export async function readForeignBody(body: AsyncIterable<Uint8Array> | null): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  let broken = false;
  try {
    for await (const chunk of body ?? []) {
      text += decoder.decode(chunk, { stream: true });
      if (text.length > foreignWindow) break;
    }
  } catch {
    // The status alone says what happened.
    broken = true;
  }
  if (text.length > foreignWindow) return redactCut(text.slice(0, foreignWindow), "end");
  return broken ? redactCut(text, "end") : redact(text);
}
