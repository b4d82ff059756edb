import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runBatch } from "@acc/batch";
import { memoryStore, openCache } from "@acc/cache";
import { type ClientOptions, createClaude } from "@acc/claude";
import { afterEach, beforeEach, expect, it } from "vitest";
import { testKey } from "./acc.ts";
import { type MessageBatches, startMessageBatches } from "./message-batches.ts";

let vendor: MessageBatches;
let folder: string;
let cache: ReturnType<typeof openCache>;

beforeEach(async () => {
  vendor = await startMessageBatches();
  folder = mkdtempSync(join(tmpdir(), "acc-vendor-"));
  cache = openCache({ store: memoryStore() });
  writeFileSync(join(folder, "in.jsonl"), '"p1"\n"p2"\n');
});
afterEach(async () => {
  await cache.close();
  await vendor.close();
  rmSync(folder, { recursive: true, force: true });
});

const usual: ClientOptions = { model: "claude-haiku-4-5" };

async function withClient<T>(
  options: ClientOptions,
  ask: (client: ReturnType<typeof createClaude>) => Promise<T>,
): Promise<T> {
  const client = createClaude({
    ...{ apiKey: testKey, baseUrl: vendor.url, secrets: false, retry: 0 },
    ...{ cache, ...options },
  });
  try {
    return await ask(client);
  } finally {
    await client.close();
  }
}

interface How {
  readonly signal?: AbortSignal;
  readonly cancel?: boolean;
  readonly again?: boolean;
}

function run(options: ClientOptions, { signal, cancel = false, again = false }: How = {}) {
  const paths = { input: join(folder, "in.jsonl"), output: join(folder, "out.jsonl") };
  return withClient(options, (client) =>
    runBatch({
      ...{ client, ...paths, vendorBatch: { poll: 20, cancel }, retryFailed: again },
      ...(signal && { signal }),
    }),
  );
}

/** A run whose process ends while the vendor has its lines. */
async function submittedRun(options = usual): Promise<void> {
  vendor.plays.looks = Number.POSITIVE_INFINITY;
  const ending = new AbortController();
  vendor.plays.looking = () => ending.abort();
  expect(await run(options, { signal: ending.signal })).toMatchObject({ pending: 2 });
  Object.assign(vendor.plays, { looks: 1, looking: undefined });
}

const others: Record<string, ClientOptions> = {
  "another model": { model: "claude-sonnet-4-5" },
  "other defaults": { ...usual, defaults: { system: "Answer in French." } },
};

it.each(Object.entries(others))(
  "takes no answer for that of a client with %s, and goes on with the one that asked",
  async (_, other) => {
    await submittedRun();
    await expect(run(other)).rejects.toMatchObject({
      code: "OTHER_INPUT",
      fix: expect.stringContaining("as before"),
    });
    for (const prompt of ["p1", "p2"]) {
      const asked = withClient(other, (client) =>
        client.chat(prompt, { cache: "only", only: "sdk" }),
      );
      await expect(asked).rejects.toMatchObject({ code: "NOT_CACHED" });
    }
    expect(await run(usual)).toMatchObject({ answered: 2, failed: 0, cached: 0 });
    const lines = readFileSync(join(folder, "out.jsonl"), "utf8").trim().split("\n");
    const texts = lines.map((line) => JSON.parse(line).reply.text);
    expect(texts.sort()).toEqual(["re: p1", "re: p2"]);
    const again = await withClient(usual, (client) =>
      client.chat("p1", { cache: "only", only: "sdk" }),
    );
    expect(again.text).toBe("re: p1");
    expect(vendor.batches).toHaveLength(1);
  },
);

/** What a call's options or a newer version change of a body, and of no answer. */
it("takes the answers for those of the client that now keeps its prompts at the vendor", async () => {
  await submittedRun({ ...usual, promptCache: "5m" });
  expect(JSON.stringify(vendor.batches[0]?.requests)).toContain("cache_control");
  expect(await run(usual)).toMatchObject({ answered: 2, failed: 0 });
  expect(vendor.batches).toHaveLength(1);
});

it("says so of a batch without a result for a line too", async () => {
  vendor.plays.lines = () => [];
  await submittedRun();
  const other = run({ ...usual, defaults: { system: "Answer in French." } });
  await expect(other).rejects.toMatchObject({ code: "OTHER_INPUT" });
});

it("gives up what another client has asked with cancel, and asks for its lines anew", async () => {
  await submittedRun();
  const other = { model: "claude-sonnet-4-5" };
  const { answered, failed, pending } = await run(other, { cancel: true });
  expect({ answered, failed, pending }).toEqual({ answered: 0, failed: 2, pending: 0 });
  expect(await run(other, { again: true })).toMatchObject({ answered: 2, failed: 0 });
  expect(vendor.batches).toHaveLength(2);
});
