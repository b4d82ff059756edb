import { type RedisClient, redisOf, type Send } from "@acc/cache";
import { redact } from "@acc/secrets/redact";
import { DualModeError } from "../error.ts";

/** Milliseconds after which an answer is no longer awaited at all. */
const givenUp = 5_000;

/** Asks again when it is time to. */
interface Retried {
  isAlone(now: number): boolean;
}

/** A client of Redis, and whether it answers. */
export class SharedRedis {
  readonly send: Send;
  readonly #patience: number;
  /** The keys that get no answer, with the reason: in a cluster it may be only some. */
  readonly #away = new Map<Retried, string>();

  /** @throws {@link DualModeError} `INVALID_REQUEST` if it is not a known kind of client */
  constructor(client: RedisClient, patience: number) {
    const redis = typeof client === "object" && client !== null ? redisOf(client) : undefined;
    if (!redis) {
      throw new DualModeError("INVALID_REQUEST", "sharedState needs a Redis client.", {
        fix: "Give it a connected client, or cluster, of redis (node-redis) or ioredis.",
      });
    }
    this.#patience = patience;
    // A client without a connection would queue a command, and send it when nobody waits any more.
    this.send = (...command) =>
      isReady(client)
        ? redis.send(...command)
        : Promise.reject(new Error("Redis is not connected."));
  }

  /** The reason why there was no answer; undefined once all keys get answers again. */
  get away(): string | undefined {
    for (const reason of this.#away.values()) return reason;
    return undefined;
  }

  isAway(key: Retried, reason: unknown): void {
    if (!this.#away.has(key)) this.#away.set(key, redact(messageOf(reason)));
  }

  /**
   * Notes that a key gets answers again. The state is back once all keys are, so those that nobody
   * uses at the moment are asked.
   */
  isBack(key: Retried): void {
    this.#away.delete(key);
    const now = performance.now();
    for (const other of this.#away.keys()) other.isAlone(now);
  }

  /** Calls `late` if there is no answer in time; a later answer is still used. */
  async inTime<T>(asked: Promise<T>, late: (reason: string) => void): Promise<T> {
    let isOpen = true;
    const tell = () => {
      if (isOpen) late(`Redis did not answer in ${this.#patience} ms.`);
    };
    // Data that arrived while this process was busy is read first.
    const timer = setTimeout(() => setImmediate(tell), this.#patience);
    let last: NodeJS.Timeout | undefined;
    const end = new Promise<never>((_, reject) => {
      const giveUp = () => reject(new Error("Redis does not answer."));
      last = setTimeout(giveUp, this.#patience + givenUp).unref();
    });
    try {
      return await Promise.race([asked, end]);
    } finally {
      isOpen = false;
      clearTimeout(timer);
      clearTimeout(last);
    }
  }
}

/** A client that does not report its state counts as ready. */
function isReady(client: object): boolean {
  const status: unknown = Reflect.get(client, "status");
  if (typeof status === "string") return status === "ready";
  return Reflect.get(client, "isReady") !== false && Reflect.get(client, "isOpen") !== false;
}

function messageOf(reason: unknown): string {
  if (reason instanceof Error) return reason.message || reason.name;
  return String(reason);
}
