import { Failure, UsageError } from "../failure.ts";

type BullMq = typeof import("bullmq");

/** Name of the queue in which lines of batches wait for a worker. */
export const queueName = "acc-batch";

/** Loads BullMQ, which users who want it install next to acc. */
export async function loadBullMq(): Promise<BullMq> {
  try {
    return await import("bullmq");
  } catch (cause) {
    const message = "The package bullmq is not installed.";
    throw new Failure("BULLMQ_NOT_INSTALLED", message, "Run: npm install -g bullmq", cause);
  }
}

/** How to reach the queue; lines wait if it is unreachable for a while. */
export function connectionOf(url: string): { url: string; maxRetriesPerRequest: null } {
  if (!/^rediss?:\/\//.test(url)) {
    throw new UsageError("--queue needs an address.", "Write it as redis://HOST:6379.");
  }
  return { url, maxRetriesPerRequest: null };
}
