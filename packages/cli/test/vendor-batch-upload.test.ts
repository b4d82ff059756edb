import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runBatch } from "@acc/batch";
import { createGemini } from "@acc/gemini";
import { createGroq } from "@acc/groq";
import { type ClientOptions, createOpenAI } from "@acc/openai";
import { afterEach, beforeEach, expect, it } from "vitest";
import { testKey } from "./acc.ts";
import { startFileBatches } from "./file-batches.ts";
import { startGeminiBatches } from "./gemini-batches.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "acc-vendor-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const error = { code: 429, status: "RESOURCE_EXHAUSTED", message: "Too many batches wait." };

async function fileBatches() {
  const vendor = await startFileBatches();
  const refuse = (status: number | undefined) => {
    vendor.plays.unmade = status === undefined ? undefined : { status, error };
  };
  return { ...vendor, refuse };
}

async function geminiBatches() {
  const vendor = await startGeminiBatches();
  const refuse = (status: number | undefined) => {
    vendor.plays.unmade = () =>
      status === undefined ? undefined : { error: { ...error, code: status } };
  };
  return { ...vendor, refuse };
}

type Vendor = Awaited<ReturnType<typeof fileBatches | typeof geminiBatches>>;

const usual: ClientOptions = {
  ...{ apiKey: testKey, cache: false, secrets: false, retry: 0 },
  model: "m1",
};

const vendors = [
  {
    name: "OpenAI",
    start: fileBatches,
    create: ({ url }: Vendor) => createOpenAI({ ...usual, baseUrl: url }),
  },
  {
    name: "Groq",
    start: fileBatches,
    create: ({ url }: Vendor) => createGroq({ ...usual, baseUrl: url.replace(/\/v1$/, "") }),
  },
  {
    name: "Gemini",
    start: geminiBatches,
    create: (vendor: Vendor) => createGemini({ ...usual, baseUrl: vendor.url }),
  },
];

async function run(create: () => ReturnType<typeof createOpenAI>) {
  const client = create();
  try {
    const paths = { input: join(folder, "in.jsonl"), output: join(folder, "out.jsonl") };
    return await runBatch({ client, ...paths, vendorBatch: { poll: 20 } });
  } finally {
    await client.close();
  }
}

for (const { name, start, create } of vendors) {
  it(`uploads a file to ${name} once while there is no room for its batch, and removes it at the end`, async () => {
    const vendor = await start();
    const { plays, uploads, files, refuse } = vendor;
    writeFileSync(join(folder, "in.jsonl"), '"p1"\n{"prompt":"p2","model":"m2"}\n');
    let makes = 0;
    plays.looks = Number.POSITIVE_INFINITY;
    plays.submitting = () => {
      makes += 1;
      const isRefused = makes > 1 && makes < 7;
      refuse(isRefused ? 429 : undefined);
      if (makes === 7) plays.looks = 1;
      return false;
    };
    try {
      expect(await run(() => create(vendor))).toMatchObject({ answered: 2, failed: 0 });
      expect({ makes, uploads: uploads.length }).toEqual({ makes: 7, uploads: 2 });
      expect([...files.keys()]).toEqual([]);
    } finally {
      await vendor.close();
    }
  });

  it(`ends well where ${name} does not remove a file`, async () => {
    const vendor = await start();
    writeFileSync(join(folder, "in.jsonl"), '"p1"\n');
    vendor.plays.kept = 500;
    try {
      expect(await run(() => create(vendor))).toMatchObject({ answered: 1, failed: 0 });
      expect(vendor.files.size).toBe(1);
    } finally {
      await vendor.close();
    }
  });
}

it.each(vendors)(
  "leaves no file at $name for a batch that it refuses",
  async ({ start, create }) => {
    const vendor = await start();
    writeFileSync(join(folder, "in.jsonl"), '"p1"\n');
    vendor.refuse(403);
    try {
      const { pending, stopped } = await run(() => create(vendor));
      expect({ pending, code: stopped?.code }).toEqual({ pending: 1, code: expect.any(String) });
      expect({ uploads: vendor.uploads.length, left: vendor.files.size }).toEqual({
        uploads: 1,
        left: 0,
      });
    } finally {
      await vendor.close();
    }
  },
);

/** bespokelabsai/curator#610 */
it.each(vendors)(
  "submits less at once where $name says that a batch is too large, and leaves no file of it",
  async ({ start, create }) => {
    const vendor = await start();
    writeFileSync(join(folder, "in.jsonl"), '"p1"\n"p2"\n"p3"\n');
    let makes = 0;
    vendor.plays.submitting = () => {
      makes += 1;
      vendor.refuse(makes === 1 ? 413 : undefined);
      return false;
    };
    try {
      expect(await run(() => create(vendor))).toMatchObject({ answered: 3, failed: 0 });
      expect(vendor.batches.map(({ lines }) => lines.length)).toEqual([2, 1]);
      expect({ uploads: vendor.uploads.length, left: vendor.files.size }).toEqual({
        ...{ uploads: 3, left: 0 },
      });
    } finally {
      await vendor.close();
    }
  },
);

it.each(vendors)(
  "removes the file at $name of a submission that was lost, and uploads it anew",
  async ({ start, create }) => {
    const vendor = await start();
    writeFileSync(join(folder, "in.jsonl"), '"p1"\n');
    let left: number | undefined;
    vendor.plays.submitting = () => {
      vendor.refuse(left === undefined ? 500 : undefined);
      left ??= vendor.files.size;
      return false;
    };
    try {
      expect(await run(() => create(vendor))).toMatchObject({ answered: 1, failed: 0 });
      expect({ left, uploads: vendor.uploads.length, files: vendor.files.size }).toEqual({
        ...{ left: 1, uploads: 2, files: 0 },
      });
    } finally {
      await vendor.close();
    }
  },
);
