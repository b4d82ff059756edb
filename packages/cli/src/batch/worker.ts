import { type Client, type ClientOptions, DualModeError } from "@acc/dual-mode";
import type { Job } from "bullmq";
import { namedClient, namedProviders, openClient } from "../chat/choose-client.ts";
import { resolveSettings } from "../config/resolve-settings.ts";
import { UsageError } from "../failure.ts";
import { untilInterrupted } from "../interrupt.ts";
import { tell } from "../output/terminal.ts";
import { checkNames } from "../providers.ts";
import type { UnlockOptions } from "../secrets/unlock.ts";
import { loadBatch } from "./load-batch.ts";
import { connectionOf, loadBullMq, queueName } from "./load-bullmq.ts";
import { type LineEnd, type QueuedLine, told, withCheck } from "./queued-line.ts";

export interface WorkerOptions extends UnlockOptions {
  readonly queue?: string;
  readonly concurrency: number;
  /** The batches belong to the user logged in here, so logins may pay for them too. */
  readonly own?: boolean;
}

/** Milliseconds until a silent worker loses its lines, and between two checks for such workers. */
const patience = 15_000;
const look = 5_000;

const withOwn = "A login is used only with --own, for batches of the user who is logged in here.";

type QueuedJob = Job<QueuedLine, LineEnd>;

/**
 * Takes lines of batches and asks them with what this machine has, until it is stopped. An error
 * that would fail every line is this machine's fault: the line goes back, and the worker ends.
 */
export async function work({ queue, concurrency, own, unlock }: WorkerOptions): Promise<void> {
  if (queue === undefined) {
    throw new UsageError("The queue is missing.", "Name it: --queue redis://HOST:6379");
  }
  const { Worker, DelayedError } = await loadBullMq();
  const { endsBatch } = await loadBatch();
  const secrets = async () => (await import("../secrets/open-once.ts")).openOnce(unlock);
  const { prices } = await import("@acc/prices");
  const clients = new Clients({ secrets, prices, standby: 1, billing: own ? "any" : "key" });
  let fault: DualModeError | undefined;
  await untilInterrupted(async (signal) => {
    const ending = new AbortController();
    const ended = new Promise<void>((resolve) => {
      for (const each of [signal, ending.signal]) {
        each.addEventListener("abort", () => resolve(), { once: true });
      }
    });
    const take = async (job: QueuedJob, token?: string): Promise<LineEnd> => {
      try {
        const { request, call } = job.data;
        const client = await clients.of(job.data);
        return { reply: await client.chat(withCheck(request), call) };
      } catch (error) {
        if (!DualModeError.is(error)) throw error;
        if (!endsBatch(error)) return { error: told(error) };
        fault ??= error;
        ending.abort();
        await job.moveToDelayed(Date.now() + 1_000, token);
        throw new DelayedError();
      }
    };
    const worker = new Worker<QueuedLine, LineEnd>(queueName, take, {
      ...{ connection: connectionOf(queue), concurrency },
      ...{ lockDuration: patience, stalledInterval: look, maxStalledCount: 1_000 },
      removeOnComplete: { age: 86_400 },
    });
    worker.on("error", ({ message }) => tell(`The queue: ${message}`));
    await worker.waitUntilReady();
    tell(`Takes lines of ${new URL(queue).host}, ${concurrency} at once; Ctrl-C ends it.`);
    await ended;
    await worker.close();
  });
  await clients.close();
  if (fault?.code === "MISSING_CREDENTIALS" && !own) tell(withOwn);
  if (fault !== undefined) throw fault;
}

/** A client for each set of providers that batches name. */
class Clients {
  readonly #options: ClientOptions;
  readonly #open = new Map<string, Promise<Client>>();

  constructor(options: ClientOptions) {
    this.#options = options;
  }

  of({ names, retry }: QueuedLine): Promise<Client> {
    const key = JSON.stringify([names, retry]);
    const known = this.#open.get(key) ?? this.#make(names, retry);
    this.#open.set(key, known);
    return known;
  }

  async close(): Promise<void> {
    for (const client of this.#open.values()) await (await client).close();
  }

  async #make(named: readonly string[], retry: number | undefined): Promise<Client> {
    const options = { ...this.#options, ...(retry !== undefined && { retry }) };
    const wanted = named.length > 0 ? named : undefined;
    const names = await checkNames(namedProviders(wanted, await resolveSettings()));
    if (names.length > 0) return namedClient(names, options);
    return openClient(options, { messages: [] }, { cache: "off" });
  }
}
