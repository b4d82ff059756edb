import { setTimeout } from "node:timers/promises";
import type { Client } from "../contract/client.ts";

const most = 4;
/** Milliseconds. */
const patience = 3_000;

/**
 * Asks until a process that had waited answers, each time with another number behind the prompt, and
 * gives how often it asked: the first may be too early for it.
 *
 * @throws Error where none ever does.
 */
export async function untilWarm(client: Client, prompt: string): Promise<number> {
  for (let asked = 1; asked <= most; asked += 1) {
    await aProcessWaits(client);
    const { warm } = await client.chat(`${prompt} ${asked}`);
    if (warm) return asked;
  }
  throw new Error("No call was answered by a process that had waited for it.");
}

async function aProcessWaits(client: Client): Promise<void> {
  const until = performance.now() + patience;
  for (;;) {
    const [status] = await client.status();
    if ((status?.standby?.waiting ?? 0) > 0) return;
    if (performance.now() > until) throw new Error("No process was started for the next call.");
    await setTimeout(10);
  }
}
