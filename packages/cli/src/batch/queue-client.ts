import { createHash } from "node:crypto";
import { type CallOptions, type ChatRequest, type Client, DualModeError } from "@acc/dual-mode";
import type { Job } from "bullmq";
import { tell } from "../output/terminal.ts";
import { connectionOf, loadBullMq, queueName } from "./load-bullmq.ts";
import { asError, type LineEnd, type QueuedLine } from "./queued-line.ts";

/** How lines are asked through a queue. */
export interface QueueWay extends Pick<QueuedLine, "names" | "retry"> {
  readonly url: string;
  /** The output's path, by which a resumed batch finds its lines in the queue. */
  readonly batch: string;
}

type QueuedJob = Job<QueuedLine, LineEnd>;

/** A client whose calls are made by workers anywhere; only status and models are looked up here. */
export async function queueClient(open: () => Promise<Client>, way: QueueWay): Promise<Client> {
  const { Queue, QueueEvents } = await loadBullMq();
  const connection = connectionOf(way.url);
  const queue = new Queue<QueuedLine, LineEnd>(queueName, { connection });
  const events = new QueueEvents(queueName, { connection });
  const away = ({ message }: Error) => tell(`The queue: ${message}`);
  queue.on("error", away);
  events.on("error", away);
  await Promise.all([queue.waitUntilReady(), events.waitUntilReady()]);
  events.setMaxListeners(0);
  const close = async () => {
    await Promise.all([queue.close(), events.close(), own?.then((client) => client.close())]);
  };
  let own: Promise<Client> | undefined;
  const here = () => {
    own ??= open();
    return own;
  };
  async function chat(input: string | ChatRequest, asked: CallOptions = {}) {
    const { signal, onEvent: _, ...call } = asked;
    const { names, retry, batch } = way;
    const request = input as ChatRequest;
    const line = { names, request, call, ...(retry !== undefined && { retry }) };
    const jobId = createHash("sha256")
      .update(JSON.stringify([batch, line]))
      .digest("hex");
    const job: QueuedJob = await queue.add("line", line, { jobId, removeOnFail: true });
    const end = await ended(job, () => job.waitUntilFinished(events), signal);
    await job.remove().catch(() => {});
    if ("error" in end) throw asError(end.error);
    return end.reply as never;
  }
  return {
    provider: way.names.join(","),
    chat,
    stream: () => {
      throw new DualModeError("UNSUPPORTED_FEATURE", "A queue returns only complete answers.");
    },
    status: async () => (await here()).status(),
    listModels: async (asked) => (await here()).listModels(asked),
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Waits for a line's outcome. If the wait is given up, a line no worker has yet is removed. */
async function ended(
  job: QueuedJob,
  wait: () => Promise<LineEnd>,
  signal: AbortSignal | undefined,
): Promise<LineEnd> {
  let stop = () => {};
  const stopped = new Promise<never>((_, reject) => {
    stop = () => reject(new DualModeError("ABORTED", "The batch was stopped."));
    signal?.addEventListener("abort", stop, { once: true });
    if (signal?.aborted) stop();
  });
  try {
    return await Promise.race([wait(), stopped]);
  } catch (error) {
    await job.remove().catch(() => {});
    if (DualModeError.is(error)) throw error;
    throw new DualModeError("SERVER_ERROR", `No worker has answered: ${(error as Error).message}.`);
  } finally {
    signal?.removeEventListener("abort", stop);
  }
}
