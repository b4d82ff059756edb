import { storeNamed } from "./stores.ts";

export interface ColdStart {
  readonly store: string;
  readonly directory: string;
  readonly key: string;
}

export interface ColdStartTimes {
  readonly loadMs: number;
  readonly openAndGetMs: number;
}

export async function run(order: ColdStart): Promise<ColdStartTimes> {
  const store = storeNamed(order.store);
  const begun = performance.now();
  await store.load();
  const loaded = performance.now();
  const opened = await store.open(order.directory);
  if (!(await opened.get(order.key))) throw new Error(`${store.name} lost an entry`);
  const done = performance.now();
  await opened.close();
  return { loadMs: loaded - begun, openAndGetMs: done - loaded };
}
