import { expect, test } from "vitest";
import type { SecretsWarning } from "../../src/index.ts";
import { CachedReads } from "../../src/outside/cached-reads.ts";
import type { ReadOptions } from "../../src/outside/read-options.ts";
import { refused, unavailable } from "../../src/outside/store-error.ts";
import { failsWith } from "../codes.ts";

/** A store that is played: what it holds, whether it fails, how often it was asked. */
function played(options: ReadOptions = {}) {
  const store = {
    value: "first-value-0001" as string | undefined,
    failure: undefined as Error | undefined,
    asked: 0,
    time: 1_000_000,
    warnings: [] as SecretsWarning[],
    wait: undefined as Promise<void> | undefined,
  };
  const reads = new CachedReads(
    "played",
    { now: () => store.time, onWarning: (warning) => store.warnings.push(warning), ...options },
    async () => {
      store.asked += 1;
      const { value } = store;
      await store.wait;
      if (store.failure) throw store.failure;
      return value === undefined ? undefined : { value };
    },
  );
  return { store, reads, get: async () => reads.get("groq_api_key") };
}

const minute = 60_000;

test("a value is asked for once, and given from memory at once", async () => {
  const { store, reads } = played();
  const [first] = await Promise.all([reads.get("groq_api_key"), reads.get("GROQ-API.KEY")]);
  expect(first).toEqual({ value: "first-value-0001" });
  expect(reads.get("groq_api_key")).toBe(first);
  expect(store.asked).toBe(1);
});

test("that there is none is remembered too, and asked again when it is due", async () => {
  const { store, get } = played();
  store.value = undefined;
  expect(await get()).toBeUndefined();
  expect(await get()).toBeUndefined();
  expect(store.asked).toBe(1);
  store.value = "made-meanwhile-1";
  store.time += minute;
  expect(await get()).toEqual({ value: "made-meanwhile-1" });
});

test("shortly before it is due a value is read again in the background", async () => {
  const { store, reads, get } = played();
  await get();
  store.value = "second-value-0002";
  store.time += 0.9 * minute;
  expect(reads.get("groq_api_key")).toEqual({ value: "first-value-0001" });
  await expect.poll(() => store.asked).toBe(2);
  await expect.poll(() => reads.get("groq_api_key")).toEqual({ value: "second-value-0002" });
});

// aws/aws-secretsmanager-caching-python#33: after a rotation the old value was given without end.
test("a rotated value is found when the one before is due, and at once by refresh", async () => {
  const { store, reads, get } = played();
  await get();
  store.value = "second-value-0002";
  store.time += minute;
  expect(await get()).toEqual({ value: "second-value-0002" });
  store.value = "third-value-0003";
  expect(await get()).toEqual({ value: "second-value-0002" });
  reads.refresh();
  expect(await get()).toEqual({ value: "third-value-0003" });
});

test("a read that was under way when refresh was called does not answer who asks after it", async () => {
  const { store, reads, get } = played();
  let go = () => {};
  store.wait = new Promise((resolve) => {
    go = resolve;
  });
  const early = get();
  store.value = "second-value-0002";
  store.wait = undefined;
  reads.refresh();
  expect(await get()).toEqual({ value: "second-value-0002" });
  go();
  expect(await early).toEqual({ value: "first-value-0001" });
  expect(await get()).toEqual({ value: "second-value-0002" });
});

test("in an outage the value from memory is served as stale, told once, up to its ttl", async () => {
  const { store, get } = played();
  await get();
  store.failure = unavailable("It is away.");
  store.time += 2 * minute;
  for (let round = 0; round < 5; round += 1) {
    expect(await get()).toEqual({ value: "first-value-0001", stale: true });
  }
  expect(store.asked).toBe(2);
  expect(store.warnings.map(({ code }) => code)).toEqual(["STALE"]);
  expect(store.warnings[0]?.message).toContain("It is away.");
  expect(store.warnings[0]?.message).not.toContain("first-value");
  store.time += 60 * minute;
  await failsWith(get, "STORE_UNAVAILABLE");
  store.failure = undefined;
  store.value = "after-the-outage";
  expect(await get()).toEqual({ value: "after-the-outage" });
});

test("what a store refuses is bridged too: its token may have died", async () => {
  const { store, get } = played();
  await get();
  store.failure = refused("The token has expired.");
  store.time += 2 * minute;
  expect((await get())?.stale).toBe(true);
});

test("a value that was revoked is given for no longer than its ttl, whatever fails", async () => {
  const ttl = 10 * minute;
  const { store, get } = played({ ttl });
  const readAt = store.time;
  await get();
  store.failure = unavailable("It is away.");
  for (store.time += minute; store.time < readAt + ttl; store.time += minute / 2) {
    expect((await get())?.value).toBe("first-value-0001");
  }
  await failsWith(get, "STORE_UNAVAILABLE");
});

test("`required` refuses a value that cannot be looked at again", async () => {
  const { store, get } = played({ required: true });
  await get();
  store.failure = unavailable("It is away.");
  expect(await get()).toEqual({ value: "first-value-0001" });
  store.time += minute;
  await failsWith(get, "STORE_UNAVAILABLE");
  expect(store.warnings).toEqual([]);
});

test("a store that hangs is not waited for where memory has the value", async () => {
  const { store, get } = played();
  await get();
  store.wait = new Promise(() => undefined);
  store.time += minute;
  const all = await Promise.all(Array.from({ length: 100 }, get));
  expect(all.every((found) => found?.stale === true)).toBe(true);
  expect(store.asked).toBe(2);
});

test("without a value in memory the failure is the caller's", async () => {
  const { store, get } = played();
  store.failure = unavailable("It is away.");
  await failsWith(get, "STORE_UNAVAILABLE");
  store.failure = undefined;
  expect(await get()).toEqual({ value: "first-value-0001" });
});

test("a write that fails leaves nothing of which nobody knows whether it is so", async () => {
  const { store, reads, get } = played();
  await get();
  const failed = reads.write("groq_api_key", async () => {
    throw unavailable("It went away.");
  });
  await expect(failed).rejects.toMatchObject({ code: "STORE_UNAVAILABLE" });
  store.value = "written-after-all";
  expect(await get()).toEqual({ value: "written-after-all" });
});

test("times that are none are refused, and so is a closed store", async () => {
  await failsWith(() => played({ ttl: -1 }), "INVALID_OPTION");
  await failsWith(() => played({ timeout: Number.NaN }), "INVALID_OPTION");
  const { reads, get } = played();
  await get();
  reads.close();
  await failsWith(get, "CLOSED");
});

test("of 10,000 names and one more, the one that was read longest ago is asked for anew", async () => {
  const { store, reads } = played();
  for (let at = 0; at <= 10_000; at += 1) await reads.get(`name_${at}`);
  expect(store.asked).toBe(10_001);
  await reads.get("name_10000");
  await reads.get("name_1");
  expect(store.asked).toBe(10_001);
  await reads.get("name_0");
  expect(store.asked).toBe(10_002);
});
