import { existsSync } from "node:fs";
import { beforeEach, describe, expect, it } from "vitest";
import { batchFiles } from "./vendor-batch-scene.ts";
import { vendorClients } from "./vendor-clients.ts";

const { file, given, answers } = batchFiles();
const { run, claude } = vendorClients(file);

beforeEach(() => given(["p1", "p2"]));

const isKept = () => existsSync(file("out.jsonl.vendor"));

/** A run that ends when the vendor has its batch, and it does not know that yet. */
async function endedUntold({
  vendor,
  client,
}: Pick<Awaited<ReturnType<typeof claude>>, "vendor" | "client">): Promise<void> {
  const ending = new AbortController();
  vendor.plays.submitted = () => {
    vendor.plays.submitted = undefined;
    ending.abort();
    return true;
  };
  expect(await run(client, { signal: ending.signal })).toMatchObject({ pending: 2 });
  expect(vendor.batches).toHaveLength(1);
}

describe("a batch of which it is not known whether the vendor has it", () => {
  it.each([
    ["a page of a proxy's", "<html>\n"],
    ["a line without an id", "{}\n"],
    ["nothing", ""],
  ])("is not submitted again where its results are %s for a while", async (_, sent) => {
    const { vendor, client } = await claude();
    await endedUntold({ vendor, client });
    let looks = 0;
    vendor.plays.file = (text) => {
      looks += 1;
      return looks <= 2 ? sent : text;
    };
    expect(await run(client)).toMatchObject({ answered: 2, failed: 0 });
    expect(vendor.batches).toHaveLength(1);
    expect(await answers()).toEqual(["re: p1", "re: p2"]);
  });

  it("is kept for the next run where its results cannot be read at all", async () => {
    const { vendor, client } = await claude();
    await endedUntold({ vendor, client });
    vendor.plays.file = () => "<html>\n";
    const { pending, stopped } = await run(client);
    expect({ pending, code: stopped?.code }).toEqual({ pending: 2, code: "INVALID_OUTPUT" });
    expect(isKept()).toBe(true);
    vendor.plays.file = undefined;
    expect(await run(client)).toMatchObject({ answered: 2, failed: 0 });
    expect(vendor.batches).toHaveLength(1);
  });

  /** anthropics/anthropic-sdk-python#1432 */
  it("is waited for where the vendor says of its results that there is no such batch", async () => {
    const { vendor, client } = await claude();
    await endedUntold({ vendor, client });
    const unknown = [true, true, false];
    vendor.plays.unknown = () => unknown.shift() ?? false;
    expect(await run(client)).toMatchObject({ answered: 2, failed: 0 });
    expect(unknown).toEqual([]);
    expect(vendor.batches).toHaveLength(1);
  });

  it("stops the run where the vendor has no results of it in the end, and is kept", async () => {
    const { vendor, client } = await claude();
    await endedUntold({ vendor, client });
    vendor.plays.unknown = () => true;
    const { pending, stopped } = await run(client);
    expect({ pending, message: stopped?.message }).toEqual({
      pending: 2,
      message: expect.stringContaining("No batch msgbatch_1"),
    });
    expect(isKept()).toBe(true);
    vendor.plays.unknown = undefined;
    expect(await run(client)).toMatchObject({ answered: 2, failed: 0 });
    expect(vendor.batches).toHaveLength(1);
  });

  const unread = [
    ["cannot be read", { file: () => "<html>\n" }],
    ["are not there", { unknown: () => true }],
  ] as const;

  it.each(unread)("is given up with cancel where its results %s", async (_, plays) => {
    const { vendor, client } = await claude();
    await endedUntold({ vendor, client });
    Object.assign(vendor.plays, plays);
    const { pending, stopped } = await run(client, { vendorBatch: { cancel: true } });
    expect({ pending, stopped }).toMatchObject({
      pending: 2,
      stopped: { code: "CANCELLED", message: expect.stringMatching(/are given up: 1\.$/) },
    });
    expect(isKept()).toBe(false);
    Object.assign(vendor.plays, { file: undefined, unknown: undefined });
    expect(await run(client)).toMatchObject({ answered: 2, failed: 0 });
    expect(vendor.batches).toHaveLength(2);
  });

  it.each(unread)(
    "is kept with cancel where another may be it that runs (%s)",
    async (_, plays) => {
      const { vendor, client } = await claude();
      await endedUntold({ vendor, client });
      const [batch] = vendor.batches;
      if (batch === undefined) throw new Error("It has no batch.");
      vendor.batches.push({ ...batch, id: "msgbatch_9", looks: Number.NEGATIVE_INFINITY });
      Object.assign(vendor.plays, plays);
      await expect(run(client, { vendorBatch: { cancel: true } })).rejects.toMatchObject({
        code: "BATCH_UNIDENTIFIED",
      });
      expect(isKept()).toBe(true);
    },
  );

  it("is found behind one whose results cannot be had", async () => {
    const { vendor, client } = await claude();
    await endedUntold({ vendor, client });
    const [batch] = vendor.batches;
    if (batch === undefined) throw new Error("It has no batch.");
    vendor.batches.push({ ...batch, id: "msgbatch_9" });
    vendor.plays.unknown = (id) => id === "msgbatch_9";
    expect(await run(client)).toMatchObject({ answered: 2, failed: 0 });
    expect(vendor.batches).toHaveLength(2);
  });

  it("is not given up with cancel where the list of batches cannot be read", async () => {
    const { vendor, client } = await claude();
    await endedUntold({ vendor, client });
    vendor.plays.unlisted = true;
    expect(await run(client, { vendorBatch: { cancel: true } })).toMatchObject({
      stopped: { code: "INVALID_OUTPUT" },
    });
    expect(isKept()).toBe(true);
  });
});
