import { existsSync, readFileSync } from "node:fs";
import type { Client } from "@acc/dual-mode";
import { expect, it } from "vitest";
import { batchFiles, prompts } from "./vendor-batch-scene.ts";
import { vendorClients } from "./vendor-clients.ts";

const { file, given, answers, failures } = batchFiles();

const { run, claude, openai } = vendorClients(file);

/** Leaves three batches of a line each at a vendor, of which the run knows. */
async function leftThree(client: Client, batches: readonly unknown[]): Promise<void> {
  await given(prompts(3));
  const ending = new AbortController();
  const watch = setInterval(() => submitted() === 3 && ending.abort(), 10);
  try {
    await run(client, { vendorBatch: { lines: 1 }, signal: ending.signal });
  } finally {
    clearInterval(watch);
  }
  expect({ submitted: submitted(), batches: batches.length }).toEqual({ submitted: 3, batches: 3 });
}

/** How many batches have an id in the ledger. */
function submitted(): number {
  const ledger = file("out.jsonl.vendor");
  return existsSync(ledger) ? readFileSync(ledger, "utf8").split('["submitted",').length - 1 : 0;
}

it("cancels the others where the vendor refuses to cancel one, and keeps that", async () => {
  const { vendor, client } = await claude();
  vendor.plays.looks = Number.POSITIVE_INFINITY;
  await leftThree(client, vendor.batches);
  vendor.plays.uncancelled = (id) => id === "msgbatch_1";
  const { stopped } = await run(client, { vendorBatch: { cancel: true } });
  expect(stopped?.message).toContain("It cannot be cancelled now.");
  expect(await failures()).toEqual([
    [2, "ABORTED"],
    [3, "ABORTED"],
  ]);
  vendor.plays.looks = 1;
  expect(await run(client)).toMatchObject({ answered: 1, failed: 2, pending: 0 });
  expect(vendor.batches).toHaveLength(3);
});

/** A batch of Claude's is told from others by the ids in its results alone. */
it("cancels the others where it cannot be told which one a batch is before that has ended", async () => {
  const { vendor, client } = await claude();
  vendor.plays.looks = Number.POSITIVE_INFINITY;
  await given(prompts(2));
  const ending = new AbortController();
  vendor.plays.submitted = () => {
    const isLast = vendor.batches.length === 2;
    if (isLast) ending.abort();
    return isLast;
  };
  await run(client, { vendorBatch: { lines: 1 }, signal: ending.signal });
  expect({ submitted: submitted(), batches: vendor.batches.length }).toEqual({
    ...{ submitted: 1, batches: 2 },
  });
  await expect(run(client, { vendorBatch: { cancel: true } })).rejects.toMatchObject({
    code: "BATCH_UNIDENTIFIED",
  });
  expect(vendor.batches.map(({ cancelled }) => cancelled)).toEqual([true, false]);
  expect(await failures()).toEqual([[1, "ABORTED"]]);
  vendor.plays.looks = 1;
  expect(await run(client, { vendorBatch: { cancel: true } })).toMatchObject({
    ...{ answered: 1, failed: 1, pending: 0, stopped: { code: "CANCELLED" } },
  });
  expect(await answers()).toEqual(["re: p2"]);
  expect(existsSync(file("out.jsonl.vendor"))).toBe(false);
  expect(vendor.batches).toHaveLength(2);
});

it("waits for a batch that is being cancelled already", async () => {
  const { vendor, client } = await openai();
  vendor.plays.looks = Number.POSITIVE_INFINITY;
  await leftThree(client, vendor.batches);
  vendor.plays.running = "cancelling";
  vendor.plays.uncancelled = () => true;
  vendor.plays.status = "cancelled";
  const looks = vendor.batches[0]?.looks ?? 0;
  vendor.plays.looking = () => {
    if ((vendor.batches[0]?.looks ?? 0) > looks + 4) vendor.plays.looks = 0;
  };
  const { stopped } = await run(client, { vendorBatch: { cancel: true } });
  expect(stopped?.code).toBe("CANCELLED");
});

/** Of the client, and no member of its requests: to which of its vendor's APIs they go. */
it("takes no answer of another API of the vendor's for its own (OpenAI)", async () => {
  const { vendor, create } = await openai();
  await given(prompts(2));
  vendor.plays.looks = Number.POSITIVE_INFINITY;
  const ending = new AbortController();
  vendor.plays.looking = () => ending.abort();
  await run(create({ api: "chat" }), { signal: ending.signal });
  Object.assign(vendor.plays, { looking: undefined, looks: 1 });
  await expect(run(create({ api: "responses" }))).rejects.toMatchObject({ code: "OTHER_INPUT" });
  expect(await run(create({ api: "chat" }))).toMatchObject({ answered: 2, failed: 0 });
  expect(vendor.batches).toHaveLength(1);
});
