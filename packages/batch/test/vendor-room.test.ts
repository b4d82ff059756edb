import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type BatchLine, DualModeError, type VendorBatches } from "@acc/dual-mode";
import { expect, it, onTestFinished } from "vitest";
import { runBatch } from "../src/index.ts";
import { clientOf } from "./support/vendor.ts";

const mebibyte = "x".repeat(2 ** 20);
const failure = new DualModeError("INVALID_REQUEST", "It is refused.");

/** A vendor whose bodies are large, by the names of their models: "4" has four mebibytes. */
function vendorOf(submitted: (readonly BatchLine[])[]): VendorBatches {
  return {
    ...{ provider: "p", account: { baseUrl: null, key: "0123456789ab" }, priceShare: 0.5 },
    most: { lines: 1_000, bytes: 2 ** 30 },
    async prepare({ model = "" }) {
      const body = { filler: Array.from({ length: Number(model) }, () => mebibyte) };
      return { group: model, body, digest: "0123456789ab" };
    },
    submit: async (lines) => `batch_${submitted.push(lines)}`,
    discard: async () => {},
    find: async () => undefined,
    hasEnded: async () => true,
    async results(id, take) {
      const lines = submitted[Number(id.replace("batch_", "")) - 1] ?? [];
      for (const line of lines) await take({ id: line.id, result: {} });
    },
    cancel: async () => {},
    reply: async () => ({ failure }),
  };
}

it("makes room by submitting the largest batch, and leaves the lines of a small one together", async () => {
  const folder = mkdtempSync(join(tmpdir(), "acc-room-"));
  const client = clientOf({ url: "http://127.0.0.1:9/v1" });
  onTestFinished(async () => {
    await client.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const submitted: (readonly BatchLine[])[] = [];
  client.vendorBatches = async () => vendorOf(submitted);
  const models = [...Array.from({ length: 7 }, () => "4"), ...Array.from({ length: 8 }, () => "1")];
  const lines = models.map((model, index) => `${JSON.stringify({ model, prompt: `p${index}` })}\n`);
  const paths = { input: join(folder, "in.jsonl"), output: join(folder, "out.jsonl") };
  writeFileSync(paths.input, lines.join(""));
  const run = await runBatch({ client, ...paths, vendorBatch: { poll: 10 } });
  expect(run).toMatchObject({ failed: 15, pending: 0 });
  expect(submitted.map((each) => each.length)).toEqual([7, 8]);
});
