import { EventEmitter } from "node:events";
import { AccessError } from "../access-error.ts";
import type { AccessState, Availability } from "../availability.ts";
import { isCluster, isReady, type RedisClient } from "./redis-client.ts";

/** Redis does not answer right now: what works without it continues. */
export class RedisAway extends AccessError {
  constructor(what: string, cause?: unknown) {
    super("UNAVAILABLE", `Redis ${what}.`, { cause });
  }
}

/** Nothing was sent, nor will be. */
export class NotSent extends RedisAway {}

/** It was asked, and may do it yet: `late` tells once it has. */
export class Unanswered extends RedisAway {
  readonly late: Promise<unknown>;

  constructor(late: Promise<unknown>) {
    super(`did not answer in ${patience} ms`);
    this.late = late;
  }
}

/** An answer of a Redis that is there and will not do it: a code comes first. */
const refusals = /^[A-Z][A-Z0-9]+(?= |$)/;
/** Those that pass by themselves: it starts, or another one takes its place. */
const passing = new Set(["LOADING", "MASTERDOWN", "CLUSTERDOWN", "TRYAGAIN", "UNBLOCKED"]);

/** Milliseconds in which Redis has to answer: it comes before every call of a key. */
const patience = 1_000;
/** Parts of it, for a process that was busy meanwhile has not listened: each counts one part at most. */
const parts = 10;
/** Milliseconds for which a Redis that did not answer in time is asked nothing else. */
const silence = 2_000;
/** Milliseconds after which a place that failed and was not asked again counts no more. */
const remembered = 60_000;

const links = new WeakMap<RedisClient, RedisLink>();

/** One for all that use the client. */
export function linkOf(client: RedisClient): RedisLink {
  const link = links.get(client) ?? new RedisLink(client);
  links.set(client, link);
  return link;
}

/** Asks a Redis in time, and knows whether it answers. */
export class RedisLink implements Availability {
  readonly #client: RedisClient;
  readonly #watching = new Set<(state: AccessState) => void>();
  /** Places that could not be had, and when: a part of a cluster may be away. */
  readonly #failing = new Map<string, number>();
  /** Where nothing was answered in time, and until when nothing else is asked there. */
  readonly #silent = new Map<string, number>();
  #away: string | undefined;

  constructor(client: RedisClient) {
    this.#client = client;
    if (!(client instanceof EventEmitter)) return;
    // Nobody may be asking just then.
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
   * What a command for the name gives, or that it could not be had. Nothing is sent while there is no
   * connection, for clients would keep it and send it later, when nobody waits for it.
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

  /** One server is there or not; of a cluster each name may be in another. */
  #placeOf(name: string): string {
    return isCluster(this.#client) ? name : "";
  }

  #checkReady(place: string): void {
    if (!isReady(this.#client)) throw new NotSent("is not connected");
    const until = this.#silent.get(place);
    if (until === undefined) return;
    const now = performance.now();
    if (now < until) throw new NotSent("does not answer");
    // One asks whether it answers again, and the others go on without.
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
        // What has come by now is read before.
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
