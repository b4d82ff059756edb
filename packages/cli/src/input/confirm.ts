import { noteInterrupt } from "../interrupt.ts";
import { printableLine } from "../output/printable.ts";
import { withTerminal } from "./terminal-owner.ts";

/** Whether a person says yes at a terminal; no where there is none, and where nothing is answered. */
export async function confirm(question: string): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return false;
  return withTerminal(() => ask(question));
}

async function ask(question: string): Promise<boolean> {
  const prompts = await import("@clack/prompts");
  // At Ctrl-D the prompt closes and does not answer.
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
