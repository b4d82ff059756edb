import { setTimeout } from "node:timers/promises";
import type { Client } from "../contract/client.ts";

const most = 4;
/** The timeout in ms. */
const patience = 3_000;

/**
 * Asks until a standby process answers, each time with another number after the prompt, and returns
 * how often it asked: the first call may come too early.
 *
 * @throws Error if none ever does.
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
