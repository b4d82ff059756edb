import {
  type CacheStore,
  keptRequest,
  type RecordingCache,
  type ResponseCache,
  recordings,
} from "@acc/cache";
import { onlyRead, withDisk } from "../open-disk.ts";
import type { Exchanged } from "./exchanged.ts";

/** What happened to the answers of an import. */
export interface TakenCounts {
  readonly taken: number;
  /** Answers that were there already. */
  readonly present: number;
  /** Answers that could not be stored. */
  readonly refused: number;
}

/** Where answers are exported from and imported to. */
export interface ExchangePlace {
  all(): Promise<readonly Exchanged[]>;
  take(answers: readonly Exchanged[]): Promise<TakenCounts>;
}

/** The cache of this machine, which knows the requests of `acc chat`. `ttl` in ms. */
export function diskPlace(ttl?: number): ExchangePlace {
  return {
    all: () => withDisk((_cache, store) => keptOn(store)),
    take: (answers) =>
      withDisk((cache, store) =>
        takeEach(answers, async ({ cid, request, response, ...scope }) => {
          if (request !== undefined) cache.key(request);
          if (await onlyRead(store).get(cid, scopeOf(scope))) return undefined;
          return await cache.set(cid, response, { ...scopeOf(scope), ttl });
        }),
      ),
  };
}

/** A folder of recordings. */
export function recordingsPlace(folder: string): ExchangePlace {
  return {
    all: async () => [...recordings({ folder, mode: "auto" }).recorded()],
    take: async (answers) => {
      const cache = recordings({ folder, mode: "auto" });
      return takeEach(answers, async (answer) => takeRecording(cache, answer));
    },
  };
}

/** Returns undefined if the answer is already there. */
async function takeRecording(
  cache: RecordingCache,
  { cid, request, response, ...scope }: Exchanged,
): Promise<boolean | undefined> {
  if (request !== undefined) cache.key(request);
  if (await cache.get(cid, scopeOf(scope))) return undefined;
  return await cache.set(cid, response, scopeOf(scope));
}

async function takeEach(
  answers: readonly Exchanged[],
  take: (answer: Exchanged) => Promise<boolean | undefined>,
): Promise<TakenCounts> {
  const counts = { taken: 0, present: 0, refused: 0 };
  for (const answer of answers) {
    const taken = await take(answer);
    counts[taken === undefined ? "present" : taken ? "taken" : "refused"]++;
  }
  return counts;
}

async function keptOn(store: CacheStore): Promise<readonly Exchanged[]> {
  const cache: ResponseCache = onlyRead(store);
  const answers: Exchanged[] = [];
  for await (const { key } of store.entries?.() ?? []) {
    const [cid = "", tenant = "", namespace = ""] = key
      .split("/")
      .map(decodeURIComponent)
      .reverse();
    const scope = { ...(namespace && { namespace }), ...(tenant && { tenant }) };
    const entry = await cache.get(cid, scope);
    if (!entry) continue;
    const request = keptRequest(cid, entry);
    const asked = request === undefined ? {} : { request };
    answers.push({ cid, ...scope, ...asked, response: entry.value });
  }
  return answers;
}

type Scope = Pick<Exchanged, "namespace" | "tenant">;

function scopeOf({ namespace, tenant }: Scope): Scope {
  return {
    ...(namespace !== undefined && { namespace }),
    ...(tenant !== undefined && { tenant }),
  };
}
