import { Failure, UsageError } from "../failure.ts";

type BullMq = typeof import("bullmq");

/** What a queue is called where lines of batches wait for a worker. */
export const queueName = "acc-batch";

/** BullMQ, which is installed next to acc by those who want it. */
export async function loadBullMq(): Promise<BullMq> {
  try {
    return await import("bullmq");
  } catch (cause) {
    const message = "The package bullmq is not installed.";
    throw new Failure("BULLMQ_NOT_INSTALLED", message, "Run: npm install -g bullmq", cause);
  }
}

/** How the queue is reached; lines wait where it is away for a while. */
export function connectionOf(url: string): { url: string; maxRetriesPerRequest: null } {
  if (!/^rediss?:\/\//.test(url)) {
    throw new UsageError("--queue needs an address.", "Write it as redis://HOST:6379.");
  }
  return { url, maxRetriesPerRequest: null };
}
