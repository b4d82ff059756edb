import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openCache } from "@acc/cache";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { RunContext } from "../../src/contract/mode-context.ts";
import type { Limits, Part } from "../../src/contract/part.ts";
import { DualModeError } from "../../src/error.ts";
import { type Script, scripted } from "../scripted-provider.ts";

let directory = "";

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "acc-limits-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const limits: Limits = { requests: { limit: 50, remaining: 3, resetsAt: 1_800_000_000_000 } };
const source = { url: "https://example.com", title: "A page" };

const told: readonly Part[] = [
  { type: "start", model: "played", id: "answer-1" },
  { type: "limits", limits },
  { type: "text", text: "Hello" },
  { type: "source", source },
  { type: "finish", reason: "stop", vendorReason: "end_turn" },
];

const tells: Script = async function* () {
  yield* told;
};

it("a reply tells id, sources, the vendor's reason and limits; from the cache all but the limits", async () => {
  await using cache = openCache({ directory });
  const { client } = scripted({ sdk: { scripts: [tells] } }, { cache });
  const asked = { id: "answer-1", sources: [source], vendorReason: "end_turn" };
  expect(await client.chat("hi")).toMatchObject({ ...asked, cached: false, limits });
  const kept = await client.chat("hi");
  expect(kept).toMatchObject({ ...asked, cached: true });
  expect(kept).not.toHaveProperty("limits");
  const parts: Part[] = [];
  for await (const part of client.stream("hi")) parts.push(part);
  expect(parts).toEqual(told.filter(({ type }) => type !== "limits"));
});

it("limits are told in an event and by status(), with when they were told", async () => {
  const { client, events } = scripted({ sdk: { scripts: [tells] } });
  expect(await client.status()).toMatchObject([{ keys: [{ source: "option" }] }]);
  expect((await client.status())[0]).not.toHaveProperty("limits");
  const before = Date.now();
  await client.chat("hi");
  expect(events.filter(({ type }) => type === "limits")).toEqual([
    expect.objectContaining({ mode: "sdk", credential: "option", model: "model-1", limits }),
  ]);
  const [status] = await client.status();
  expect(status?.limits).toMatchObject([{ mode: "sdk", credential: "option", limits }]);
  expect(status?.limits?.[0]?.at).toBeGreaterThanOrEqual(before);
});

it("limits of a refusal are told too, and stand on the error", async () => {
  const refuses: Script = async function* () {
    yield* [];
    throw new DualModeError("QUOTA_EXHAUSTED", "No more today.", { status: 429, limits });
  };
  const { client, events } = scripted({ sdk: { scripts: [refuses] } }, { retry: 0 });
  const error = await client.chat("hi").catch((thrown: unknown) => thrown);
  const failure = DualModeError.is(error) && DualModeError.is(error.cause) ? error.cause : error;
  expect(failure).toMatchObject({ code: "QUOTA_EXHAUSTED", limits });
  expect(events.map(({ type }) => type)).toContain("limits");
  expect((await client.status())[0]?.limits).toMatchObject([{ limits }]);
});

it("what an earlier answer told of another limit stays, and a key sees only its own", async () => {
  const tokens = { remaining: 7 };
  const again: Script = async function* () {
    yield* told.map((part) => (part.type === "limits" ? { ...part, limits: { tokens } } : part));
  };
  const { client } = scripted({ sdk: { scripts: [tells, again] } });
  await client.chat("one");
  await client.chat("two");
  expect((await client.status())[0]?.limits).toMatchObject([{ limits: { ...limits, tokens } }]);
  const other = scripted({ sdk: { scripts: [tells] } }, { apiKey: "key-number-two" });
  expect((await other.client.status())[0]).not.toHaveProperty("limits");
});

it("promptCache reaches the mode, and is not part of the key", async () => {
  await using cache = openCache({ directory });
  const seen: RunContext<object>["promptCache"][] = [];
  const looks: Script = async function* (request, context) {
    seen.push(context.promptCache);
    yield* tells(request, context);
  };
  const { client } = scripted({ sdk: { scripts: [looks] } }, { cache, promptCache: true });
  const first = await client.chat("hi", { cache: "refresh" });
  const second = await client.chat("hi", { promptCache: "1h", cache: "refresh" });
  const third = await client.chat("hi", { promptCache: false, cache: "refresh" });
  expect(seen).toEqual(["5m", "1h", undefined]);
  expect(new Set([first.cid, second.cid, third.cid]).size).toBe(1);
  expect(await client.chat("hi", { promptCache: "1h" })).toMatchObject({ cached: true });
});
