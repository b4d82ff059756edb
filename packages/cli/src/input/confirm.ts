import { noteInterrupt } from "../interrupt.ts";
import { printableLine } from "../output/printable.ts";
import { withTerminal } from "./terminal-owner.ts";

/** Asks a yes-or-no question at a terminal; false without a terminal or without an answer. */
export async function confirm(question: string): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return false;
  return withTerminal(() => ask(question));
}

async function ask(question: string): Promise<boolean> {
  const prompts = await import("@clack/prompts");
  // On Ctrl-D, the prompt closes without an answer.
  const closed = new Promise<false>((resolve) => {
    process.prependOnceListener("beforeExit", () => resolve(false));
  });
  const asked = prompts.confirm({
    message: printableLine(question),
    initialValue: false,
    output: process.stderr,
  });
  const answer = await Promise.race([asked, closed]);
  if (prompts.isCancel(answer)) noteInterrupt();
  return answer === true;
}
