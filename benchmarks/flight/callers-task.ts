import { setTimeout as sleep } from "node:timers/promises";
import { cids, type ModelResponse } from "../data/responses.ts";
import { caches } from "./caches.ts";

export interface Callers {
  readonly cache: string;
  readonly directory: string;
  /** Where the answer comes from. */
  readonly url: string;
  readonly callers: number;
  /** Milliseconds since the epoch: the same for all processes. */
  readonly at: number;
}

/** Many callers with one request; when the last of them had its answer, in ms since the epoch. */
export async function run({ cache, directory, url, callers, at }: Callers): Promise<number> {
  const opened = await caches.find(({ name }) => name === cache)?.open(directory);
  if (!opened) throw new Error(`no cache is named ${cache}`);
  const compute = async () => (await (await fetch(url)).json()) as ModelResponse;
  // What the first request costs by itself is not the cache's.
  await (await fetch(`${url}/warm`)).text();
  const [key, other] = cids(2) as [string, string];
  await opened.getOrCompute(other, async () => ({}) as ModelResponse);
  await sleep(at - Date.now());
  await Promise.all(Array.from({ length: callers }, () => opened.getOrCompute(key, compute)));
  const answered = performance.timeOrigin + performance.now();
  await opened.close();
  return answered;
}
