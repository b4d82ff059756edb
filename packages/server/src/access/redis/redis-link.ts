import { EventEmitter } from "node:events";
import { AccessError } from "../access-error.ts";
import type { AccessState, Availability } from "../availability.ts";
import { isCluster, isReady, type RedisClient } from "./redis-client.ts";

/** Redis does not answer right now: whatever works without it continues. */
export class RedisAway extends AccessError {
  constructor(what: string, cause?: unknown) {
    super("UNAVAILABLE", `Redis ${what}.`, { cause });
  }
}

/** The command was not sent, and will not be. */
export class NotSent extends RedisAway {}

/**
 * The command was sent, but not answered in time. It may still run: `late` settles with its result.
 */
export class Unanswered extends RedisAway {
  readonly late: Promise<unknown>;

  constructor(late: Promise<unknown>) {
    super(`did not answer in ${patience} ms`);
    this.late = late;
  }
}

/** The code at the start of an error reply: Redis is there, but refuses the command. */
const refusals = /^[A-Z][A-Z0-9]+(?= |$)/;
/** Codes of temporary errors: Redis is starting, or another server is taking over. */
const passing = new Set(["LOADING", "MASTERDOWN", "CLUSTERDOWN", "TRYAGAIN", "UNBLOCKED"]);

/** Milliseconds within which Redis must answer: every call of a key waits for it. */
const patience = 1_000;
/**
 * Intervals into which that time is divided: while the process is too busy to receive an answer, at
 * most one of them counts.
 */
const parts = 10;
/** Milliseconds for which a Redis that did not answer in time is sent nothing else. */
const silence = 2_000;
/** Milliseconds after which a place that failed, and was not asked again, no longer counts. */
const remembered = 60_000;

const links = new WeakMap<RedisClient, RedisLink>();

/** Returns the link of a client, which all its users share. */
export function linkOf(client: RedisClient): RedisLink {
  const link = links.get(client) ?? new RedisLink(client);
  links.set(client, link);
  return link;
}

/** Sends commands to Redis with a time limit, and keeps track of whether it answers. */
export class RedisLink implements Availability {
  readonly #client: RedisClient;
  readonly #watching = new Set<(state: AccessState) => void>();
  /** Places that failed, and when: a part of a cluster may be unavailable. */
  readonly #failing = new Map<string, number>();
  /** Places that did not answer in time, and until when nothing else is sent to them. */
  readonly #silent = new Map<string, number>();
  #away: string | undefined;

  constructor(client: RedisClient) {
    this.#client = client;
    if (!(client instanceof EventEmitter)) return;
    // The connection can change while no command is in flight.
    client.on("reconnecting", () => this.#isAway("", new NotSent("is not connected")));
    client.on("ready", () => this.#isBack(""));
  }

  get away(): string | undefined {
    return this.#away;
  }

  watch(told: (state: AccessState) => void): () => void {
    this.#watching.add(told);
    return () => this.#watching.delete(told);
  }

  /**
   * Runs a command for a key, and returns its answer. Nothing is sent while there is no connection:
   * clients would queue the command and send it later, when nobody waits for it.
   *
   * @throws AccessError `UNAVAILABLE`
   */
  async ask<T>(name: string, command: () => Promise<T>): Promise<T> {
    const place = this.#placeOf(name);
    try {
      this.#checkReady(place);
      const found = await this.#inTime(place, command);
      this.#isBack(place);
      return found;
    } catch (error) {
      const failure = failureOf(error);
      if (failure instanceof RedisAway) this.#isAway(place, failure);
      throw failure;
    }
  }

  /** A single server is one place; in a cluster, each key may be on another server. */
  #placeOf(name: string): string {
    return isCluster(this.#client) ? name : "";
  }

  #checkReady(place: string): void {
    if (!isReady(this.#client)) throw new NotSent("is not connected");
    const until = this.#silent.get(place);
    if (until === undefined) return;
    const now = performance.now();
    if (now < until) throw new NotSent("does not answer");
    // One command tests whether Redis answers again; until then, the others fail at once.
    this.#silent.set(place, now + silence);
  }

  async #inTime<T>(place: string, command: () => Promise<T>): Promise<T> {
    const asked = command();
    let isOver = false;
    const hear = () => {
      isOver = true;
      this.#silent.delete(place);
    };
    asked.then(hear, hear);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      const giveUp = () => {
        if (isOver) return;
        this.#silent.set(place, performance.now() + silence);
        reject(new Unanswered(asked));
      };
      let left = parts;
      timer = setInterval(() => {
        left -= 1;
        // Answers that have arrived by now are read first.
        if (left === 0) setImmediate(giveUp);
      }, patience / parts);
    });
    try {
      return await Promise.race([asked, late]);
    } finally {
      clearInterval(timer);
    }
  }

  #isAway(place: string, { message, cause }: RedisAway): void {
    this.#failing.delete(place);
    this.#failing.set(place, performance.now());
    if (this.#away !== undefined) return;
    this.#away = cause instanceof Error ? `${message} ${cause.message}` : message;
    this.#tell({ state: "away", reason: this.#away });
  }

  #isBack(place: string): void {
    if (this.#away === undefined) return;
    this.#failing.delete(place);
    const old = performance.now() - remembered;
    for (const [each, at] of this.#failing) if (at < old) this.#failing.delete(each);
    if (this.#failing.size > 0) return;
    this.#away = undefined;
    this.#tell({ state: "back" });
  }

  #tell(state: AccessState): void {
    for (const told of this.#watching) told(state);
  }
}

function failureOf(error: unknown): AccessError {
  if (error instanceof AccessError) return error;
  const { message = "" } = error as Partial<Error>;
  const [code] = refusals.exec(message) ?? [];
  if (code === undefined || passing.has(code)) {
    return new RedisAway("did not do a command", error);
  }
  return new AccessError("UNAVAILABLE", `Redis refused a command (${code}).`, { cause: error });
}
